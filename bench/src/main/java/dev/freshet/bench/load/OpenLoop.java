package dev.freshet.bench.load;

import dev.freshet.demo.Latencies;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Requests that come when they are due, whether or not those before are answered, as readers do:
 * gaps are drawn from an exponential distribution. A latency runs from when the request was
 * <em>due</em>, so that one that has to wait for the generator or for others tells of that wait too
 * (coordinated omission: G. Tene, "How NOT to measure latency").
 *
 * <p>Bounded: {@value #MAX_AT_ONCE} requests at once on as many connections, the next waits;
 * {@value #MAX_RATE} a second, {@value #MAX_SECONDS} seconds, and after the last is due {@link
 * #GRACE} for those under way.
 */
final class OpenLoop {
    /** Most requests at once. */
    static final int MAX_AT_ONCE = 256;

    /** Most requests a second. */
    static final int MAX_RATE = 5_000;

    /** Most seconds of one run. */
    static final int MAX_SECONDS = 3_600;

    /** How long those under way are waited for. */
    static final Duration GRACE = Duration.ofSeconds(35);

    private final Function<RandomGenerator, Reply> requests;
    private final RandomGenerator random;

    /**
     * @param requests makes a request, sends it and waits for its end; several at a time
     * @param random of the gaps, and of each request's own
     */
    OpenLoop(Function<RandomGenerator, Reply> requests, RandomGenerator random) {
        this.requests = requests;
        this.random = random;
    }

    /**
     * Runs.
     *
     * @param rate requests a second
     */
    LoadStep run(double rate, Duration lasting) throws InterruptedException {
        Semaphore places = new Semaphore(MAX_AT_ONCE);
        Latencies times = new Latencies();
        Tally ended = new Tally();
        long start = System.nanoTime();
        long due = start;
        long end = start + lasting.toNanos();
        long offered = 0;
        long sent = 0;
        while (true) {
            due += Math.round(-Math.log(1 - random.nextDouble()) * 1e9 / rate);
            if (due >= end) {
                break;
            }
            offered++;
            if (System.nanoTime() < end && taken(places, due, end)) {
                sent++;
                send(random.nextLong(), due, places, times, ended);
            }
        }
        boolean all = places.tryAcquire(MAX_AT_ONCE, GRACE.toNanos(), TimeUnit.NANOSECONDS);
        Duration took = Duration.ofNanos(Math.max(lasting.toNanos(), System.nanoTime() - start));
        return new LoadStep(
                rate,
                offered,
                sent,
                ended.served.sum() + ended.degraded.sum(),
                ended.degraded.sum(),
                ended.shed.sum(),
                ended.failed.sum() + (all ? 0 : MAX_AT_ONCE - places.availablePermits()),
                lasting,
                took,
                times);
    }

    private static boolean taken(Semaphore places, long due, long end) throws InterruptedException {
        for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
            LockSupport.parkNanos(early);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return places.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void send(long seed, long due, Semaphore places, Latencies times, Tally ended) {
        Thread.ofVirtual()
                .name("load")
                .start(
                        () -> {
                            Reply reply = Reply.FAILED;
                            try {
                                reply = requests.apply(new SplittableRandom(seed));
                            } finally {
                                if (reply == Reply.SERVED || reply == Reply.DEGRADED) {
                                    times.add(Duration.ofNanos(System.nanoTime() - due));
                                }
                                ended.add(reply);
                                places.release();
                            }
                        });
    }

    /** How many requests ended in which way. */
    private static final class Tally {
        private final LongAdder served = new LongAdder();
        private final LongAdder degraded = new LongAdder();
        private final LongAdder shed = new LongAdder();
        private final LongAdder failed = new LongAdder();

        void add(Reply reply) {
            switch (reply) {
                case SERVED -> served.increment();
                case DEGRADED -> degraded.increment();
                case SHED -> shed.increment();
                case FAILED -> failed.increment();
            }
        }
    }
}
