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
 * Cooperative scheduler that runs tasks one at a time, each until it yields; the next task is drawn
 * at random. A turn takes up to {@link #LONGEST_TURN} of virtual time, and when every task waits,
 * the clock advances to the earliest wake-up.
 */
final class Scheduler {
    private static final Duration LONGEST_TURN = Duration.ofMillis(12);

    /** A task with its thread. */
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

    /** Adds a task, which runs when it is drawn. */
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
                                // a death ends the task silently
                            } catch (Throwable thrown) {
                                task.thrown = thrown;
                            } finally {
                                task.ended = true;
                                back.release();
                            }
                        });
    }

    /** Yields; called by a task. */
    void yieldTurn() {
        sleep(Duration.ZERO);
    }

    /** Waits at least this much virtual time; called by a task. */
    void sleep(Duration time) {
        Task task = Objects.requireNonNull(current, "only a task can wait");
        task.notBefore = clock.instant().plus(time);
        back.release();
        task.turn.acquireUninterruptibly();
        if (closing) {
            throw new Death();
        }
    }

    /** Returns the number of tasks that have not ended. */
    int alive() {
        return tasks.size();
    }

    /** Returns whether the scheduler is ending all tasks. */
    boolean closing() {
        return closing;
    }

    /** Returns the number of turns so far. */
    long turns() {
        return turns;
    }

    /**
     * Gives one task a turn.
     *
     * @return false if there is none
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

    /** Ends every task at its current position; none of its further effects happens. */
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
