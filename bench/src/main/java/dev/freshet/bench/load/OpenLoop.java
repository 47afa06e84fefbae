package dev.freshet.bench.load;

import dev.freshet.bench.load.Tally.Reply;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Open-loop load generator: requests are sent when they are due, independently of earlier answers,
 * with exponentially distributed gaps as of independent users. A latency runs from when the request
 * was <em>due</em>, so it includes any wait for the generator or for other requests (coordinated
 * omission: G. Tene, "How NOT to measure latency").
 *
 * <p>Bounds: {@value #MAX_AT_ONCE} concurrent requests on as many connections, after which the next
 * one waits; {@value #MAX_RATE} requests per second; {@value #MAX_SECONDS} seconds; and {@link
 * #GRACE} for the requests in progress at the end.
 */
final class OpenLoop {
    /** Maximum number of concurrent requests. */
    static final int MAX_AT_ONCE = 256;

    /** Maximum requests per second. */
    static final int MAX_RATE = 5_000;

    /** Maximum duration of a run, in seconds. */
    static final int MAX_SECONDS = 3_600;

    /** Time limit for the requests in progress at the end. */
    static final Duration GRACE = Duration.ofSeconds(35);

    private final Function<RandomGenerator, Reply> requests;
    private final RandomGenerator random;
    private final Timing timing;

    /**
     * Creates a generator.
     *
     * @param requests sends a request and waits for its outcome; called concurrently
     * @param random source of the gaps, and of a seed for each request
     */
    OpenLoop(Function<RandomGenerator, Reply> requests, RandomGenerator random) {
        this(requests, random, new SystemTiming());
    }

    OpenLoop(Function<RandomGenerator, Reply> requests, RandomGenerator random, Timing timing) {
        this.requests = requests;
        this.random = random;
        this.timing = timing;
    }

    /** Clock and threads of a run, which a test replaces by virtual ones. */
    interface Timing {
        /** Returns the time in nanoseconds, relative to an arbitrary origin. */
        long nanos();

        /** Returns at this time, or immediately if it has passed. */
        void awaitUntil(long nanos) throws InterruptedException;

        /** Acquires permits; returns false if they are not available within the time limit. */
        boolean acquire(Semaphore permits, int count, long limitNanos) throws InterruptedException;

        /** Runs a request concurrently. */
        void start(Runnable request);
    }

    private static final class SystemTiming implements Timing {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void awaitUntil(long nanos) throws InterruptedException {
            for (long early = nanos - nanos(); early > 0; early = nanos - nanos()) {
                LockSupport.parkNanos(early);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }

        @Override
        public boolean acquire(Semaphore permits, int count, long limitNanos)
                throws InterruptedException {
            return permits.tryAcquire(count, limitNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void start(Runnable request) {
            Thread.ofVirtual().name("load").start(request);
        }
    }

    /**
     * Runs the load.
     *
     * @param rate requests per second
     * @param duration duration over which requests are due
     */
    LoadStep run(double rate, Duration duration) throws InterruptedException {
        Semaphore permits = new Semaphore(MAX_AT_ONCE);
        Tally tally = new Tally();
        long start = timing.nanos();
        long due = start;
        long end = start + duration.toNanos();
        long offered = 0;
        long sent = 0;
        while (true) {
            due += Math.round(-Math.log(1 - random.nextDouble()) * 1e9 / rate);
            if (due >= end) {
                break;
            }
            offered++;
            if (timing.nanos() < end && acquired(permits, due, end)) {
                sent++;
                send(random.nextLong(), due, permits, tally);
            }
        }
        boolean all = timing.acquire(permits, MAX_AT_ONCE, GRACE.toNanos());
        Duration took = Duration.ofNanos(Math.max(duration.toNanos(), timing.nanos() - start));
        return new LoadStep(
                rate,
                offered,
                sent,
                tally.count(Reply.SERVED) + tally.count(Reply.DEGRADED),
                tally.count(Reply.DEGRADED),
                tally.count(Reply.SHED),
                tally.count(Reply.FAILED) + (all ? 0 : MAX_AT_ONCE - permits.availablePermits()),
                duration,
                took,
                tally.times());
    }

    private boolean acquired(Semaphore permits, long due, long end) throws InterruptedException {
        timing.awaitUntil(due);
        return timing.acquire(permits, 1, Math.max(0, end - timing.nanos()));
    }

    private void send(long seed, long due, Semaphore permits, Tally tally) {
        timing.start(
                () -> {
                    Reply reply = Reply.FAILED;
                    try {
                        reply = requests.apply(new SplittableRandom(seed));
                    } finally {
                        tally.add(reply, Duration.ofNanos(timing.nanos() - due));
                        permits.release();
                    }
                });
    }
}
