package dev.freshet.bench.load;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Virtual clock for an {@link OpenLoop}: waiting advances it, and sleeping requests are resumed one
 * at a time in the order of their wake-up times, so a run is deterministic and takes no real time.
 */
final class VirtualTiming implements OpenLoop.Timing {
    private final PriorityQueue<Sleeper> sleepers =
            new PriorityQueue<>(
                    Comparator.comparingLong(Sleeper::wake).thenComparingInt(Sleeper::number));
    private final Semaphore returned = new Semaphore(0);
    private final AtomicInteger numbers = new AtomicInteger();

    private volatile long now;

    private record Sleeper(long wake, int number, Semaphore resumed) {}

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void awaitUntil(long nanos) {
        while (!sleepers.isEmpty() && sleepers.peek().wake() <= nanos) {
            resume(sleepers.poll());
        }
        now = Math.max(now, nanos);
    }

    @Override
    public boolean acquire(Semaphore permits, int count, long limitNanos) {
        long end = now + limitNanos;
        while (!permits.tryAcquire(count)) {
            Sleeper next = sleepers.peek();
            if (next == null || next.wake() > end) {
                now = Math.max(now, end);
                return false;
            }
            sleepers.remove(next);
            resume(next);
        }
        return true;
    }

    @Override
    public void start(Runnable request) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                request.run();
                            } catch (RuntimeException failed) {
                                // the step counts it
                            } finally {
                                returned.release();
                            }
                        });
        returned.acquireUninterruptibly();
    }

    private void resume(@Nullable Sleeper sleeper) {
        if (sleeper != null) {
            now = Math.max(now, sleeper.wake());
            sleeper.resumed().release();
            returned.acquireUninterruptibly();
        }
    }

    /** Lets the calling request sleep for a virtual duration. */
    void sleep(Duration time) {
        Sleeper sleeper =
                new Sleeper(now + time.toNanos(), numbers.getAndIncrement(), new Semaphore(0));
        sleepers.add(sleeper);
        returned.release();
        sleeper.resumed().acquireUninterruptibly();
    }
}
