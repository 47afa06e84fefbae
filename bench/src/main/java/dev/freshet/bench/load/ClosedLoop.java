package dev.freshet.bench.load;

import dev.freshet.bench.load.Traffic.Answered;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Closed-loop load generator: each worker sends the next request when its answer has arrived, so a
 * slow answer delays later requests and the rate depends on the API.
 */
public final class ClosedLoop {
    private final Function<RandomGenerator, Answered> requests;
    private final SplittableRandom random;

    /**
     * Creates a generator.
     *
     * @param requests sends a request and waits for its outcome; called concurrently
     */
    public ClosedLoop(Function<RandomGenerator, Answered> requests, long seed) {
        this.requests = requests;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Sends requests.
     *
     * @param count total number of requests
     * @param concurrency number of concurrent requests and of connections
     * @param done receives the number of completed requests
     * @throws InterruptedException if it is interrupted; the requests under way are given up
     */
    public Tally run(int count, int concurrency, LongConsumer done) throws InterruptedException {
        Tally tally = new Tally();
        AtomicLong turns = new AtomicLong();
        try (ExecutorService workers = Executors.newFixedThreadPool(concurrency)) {
            for (int worker = 0; worker < concurrency; worker++) {
                RandomGenerator own = random.split();
                workers.execute(
                        () -> {
                            long turn = turns.incrementAndGet();
                            while (turn <= count && !Thread.currentThread().isInterrupted()) {
                                Answered answered = requests.apply(own);
                                tally.add(answered.reply(), answered.took());
                                done.accept(turn);
                                turn = turns.incrementAndGet();
                            }
                        });
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("the load was ended early");
        }
        return tally;
    }
}
