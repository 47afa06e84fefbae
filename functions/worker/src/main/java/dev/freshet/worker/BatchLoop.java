package dev.freshet.worker;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.functions.runtime.StreamConsumers.StreamConsumer;
import dev.freshet.store.FullJitter;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processing of one batch until every record is finished, however long it takes: if a batch were
 * given up, the high-water mark would pass over its records. The unfinished rest is retried at once
 * if the last attempt finished a record, otherwise after a jittered wait whose bound doubles up to
 * {@link ConsumerBackoff#MAX}. The loop ends early only if this worker no longer holds the shard's
 * lease.
 *
 * @param leaseHeld returns whether this worker still holds the shard's lease
 * @param behind receives, after each attempt that left records unfinished, the age of the first of
 *     them
 */
record BatchLoop(
        StreamConsumer flow,
        ConsumerBackoff backoff,
        BooleanSupplier leaseHeld,
        Consumer<Duration> behind,
        InstantSource clock) {
    /** Time within which one call of the flow may start new records. */
    static final Duration TIME_PER_CALL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(BatchLoop.class);

    /**
     * Processes a batch.
     *
     * @param batch of one shard, in ascending sequence, not empty
     * @return sequence number of the last finished record, which is the last of the batch unless
     *     the lease was lost meanwhile; empty if none is finished
     */
    Optional<BigInteger> take(List<StreamRecord> batch) throws InterruptedException {
        int finished = 0;
        int failures = 0;
        while (finished < batch.size() && leaseHeld.getAsBoolean()) {
            List<StreamRecord> rest = batch.subList(finished, batch.size());
            int done = attempt(rest);
            finished += done;
            if (finished < batch.size()) {
                failures = done > 0 ? 0 : failures + 1;
                behind.accept(Duration.between(batch.get(finished).arrivedAt(), clock.instant()));
                if (failures > 0) {
                    backoff.await(failures);
                }
            }
        }
        return finished == 0
                ? Optional.empty()
                : Optional.of(batch.get(finished - 1).position().sequence());
    }

    /** Makes one attempt and returns the number of leading records that it finished. */
    private int attempt(List<StreamRecord> rest) {
        try {
            Optional<ShardPosition> unfinished =
                    flow.take(List.copyOf(rest), clock.instant().plus(TIME_PER_CALL));
            if (unfinished.isEmpty()) {
                return rest.size();
            }
            BigInteger lowest = unfinished.get().sequence();
            return (int)
                    rest.stream()
                            .takeWhile(record -> record.position().sequence().compareTo(lowest) < 0)
                            .count();
        } catch (RuntimeException failure) {
            LOG.error(
                    "Processing of the batch from {} failed; it is retried",
                    rest.getFirst().position(),
                    failure);
            return 0;
        }
    }

    /**
     * Waits between attempts, drawn by {@link FullJitter} with a bound from {@link #MIN} to {@link
     * #MAX}. A wait ends at once when the worker is to stop.
     *
     * @param stopping reaches zero when the worker is to stop
     * @param random source of the jitter
     */
    record ConsumerBackoff(CountDownLatch stopping, RandomGenerator random) {
        static final Duration MIN = Duration.ofMillis(100);
        static final Duration MAX = Duration.ofSeconds(10);

        private static final FullJitter WAITS = new FullJitter(MIN, MAX);

        /**
         * Waits a random time.
         *
         * @param failures number of consecutive failures, from 1
         */
        void await(int failures) throws InterruptedException {
            var _ = stopping.await(WAITS.draw(failures, random), TimeUnit.MILLISECONDS);
        }

        /** Returns the maximum wait after this number of failures, in milliseconds. */
        static long bound(int failures) {
            return WAITS.bound(failures);
        }

        /** Returns whether the worker is to stop. */
        boolean stopped() {
            return stopping.getCount() == 0;
        }
    }
}
