package dev.freshet.simulation;

import dev.freshet.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time, each until it passes its turn on; who goes on is drawn. A turn costs up
 * to {@link #LONGEST_TURN} of virtual time, and when every task waits the clock moves to the first
 * that need not wait any longer.
 */
final class Scheduler {
    private static final Duration LONGEST_TURN = Duration.ofMillis(12);

    /** One thread of control. */
    private static final class Task {
        private final Semaphore turn = new Semaphore(0);
        private Instant notBefore = Instant.MIN;
        private boolean ended;
        private @Nullable Throwable thrown;
    }

    private final RandomGenerator random;
    private final SettableClock clock;
    private final List<Task> tasks = new ArrayList<>();
    private final Semaphore back = new Semaphore(0);
    private @Nullable Task current;
    private boolean closing;
    private long turns;

    Scheduler(RandomGenerator random, SettableClock clock) {
        this.random = random;
        this.clock = clock;
    }

    /** Begins a task; it runs when it is drawn. */
    void start(Runnable body) {
        Task task = new Task();
        tasks.add(task);
        Thread.ofVirtual()
                .start(
                        () -> {
                            task.turn.acquireUninterruptibly();
                            try {
                                if (!closing) {
                                    body.run();
                                }
                            } catch (Death dead) {
                                // what dies has nothing more to say
                            } catch (Throwable thrown) {
                                task.thrown = thrown;
                            } finally {
                                task.ended = true;
                                back.release();
                            }
                        });
    }

    /** Called by a task: lets others go on. */
    void pass() {
        waiting(Duration.ZERO);
    }

    /** Called by a task: goes on when this much time is over, at the earliest. */
    void waiting(Duration time) {
        Task task = Objects.requireNonNull(current, "only a task can wait");
        task.notBefore = clock.instant().plus(time);
        back.release();
        task.turn.acquireUninterruptibly();
        if (closing) {
            throw new Death();
        }
    }

    /** Tasks that have not ended. */
    int alive() {
        return tasks.size();
    }

    /** Whether everything is being ended. */
    boolean closing() {
        return closing;
    }

    /** Turns taken so far. */
    long turns() {
        return turns;
    }

    /**
     * Gives one task a turn.
     *
     * @return false when there is none
     */
    boolean turn() {
        if (tasks.isEmpty()) {
            return false;
        }
        clock.advance(Duration.ofMillis(random.nextLong(LONGEST_TURN.toMillis())));
        Task task = ready();
        turns++;
        run(task);
        return true;
    }

    /** Ends every task where it stands: whatever it was about to do does not happen. */
    void close() {
        closing = true;
        while (!tasks.isEmpty()) {
            run(tasks.getFirst());
        }
    }

    private Task ready() {
        Instant now = clock.instant();
        List<Task> ready = new ArrayList<>();
        Task first = tasks.getFirst();
        for (Task task : tasks) {
            if (!task.notBefore.isAfter(now)) {
                ready.add(task);
            }
            if (task.notBefore.isBefore(first.notBefore)) {
                first = task;
            }
        }
        if (!ready.isEmpty()) {
            return ready.get(random.nextInt(ready.size()));
        }
        clock.advance(Duration.between(now, first.notBefore));
        return first;
    }

    private void run(Task task) {
        current = task;
        task.turn.release();
        back.acquireUninterruptibly();
        current = null;
        if (task.ended) {
            tasks.remove(task);
            if (task.thrown != null) {
                throw new AssertionError("a simulated process broke", task.thrown);
            }
        }
    }
}
