package dev.freshet.recommend;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads that were too late for their response and end in the background. A read that is interrupted
 * closes its connection; where opening a connection takes longer than the budget of a response, no
 * connection would ever be open. So the late reads of one response at a time go on, for {@link
 * #LONGEST} at most, and leave their connections to the next; those of others are interrupted at
 * once. Safe for several threads.
 */
final class LateReads {
    /** The longest time that reads go on. */
    static final Duration LONGEST = Duration.ofSeconds(1);

    /**
     * A wait that lasts longer than this counts as this: Lambda freezes a process between two
     * requests, and what it waits for cannot arrive meanwhile.
     */
    private static final Duration SLICE = Duration.ofMillis(50);

    private final AtomicBoolean underWay = new AtomicBoolean();

    /** Returns whether reads of a response that was sent go on. */
    boolean underWay() {
        return underWay.get();
    }

    /**
     * Lets reads end, or interrupts them where others are under way.
     *
     * @param succeeded called once all have returned a result
     */
    void letEnd(List<? extends Future<?>> reads, Runnable succeeded) {
        if (reads.isEmpty()) {
            return;
        }
        if (!underWay.compareAndSet(false, true)) {
            reads.forEach(read -> read.cancel(true));
            return;
        }
        Thread.ofVirtual()
                .name("late-reads")
                .start(
                        () -> {
                            boolean all = false;
                            try {
                                all = await(reads);
                            } finally {
                                reads.forEach(read -> read.cancel(true));
                                underWay.set(false);
                            }
                            if (all) {
                                succeeded.run();
                            }
                        });
    }

    /** Waits for reads, and returns whether all have returned a result in time. */
    private static boolean await(List<? extends Future<?>> reads) {
        long slices = LONGEST.dividedBy(SLICE);
        int ended = 0;
        while (ended < reads.size() && slices > 0) {
            try {
                reads.get(ended).get(SLICE.toNanos(), TimeUnit.NANOSECONDS);
                ended++;
            } catch (TimeoutException late) {
                slices--;
            } catch (ExecutionException | CancellationException failed) {
                return false;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return ended == reads.size();
    }
}
