package dev.freshet.worker;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.functions.runtime.StreamConsumers.StreamConsumer;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one batch until all of it is finished, for as long as that takes: a batch given up would
 * let the high-water mark pass over it. What is unfinished is taken again from there, at once where
 * something got finished, else after a jittered wait that doubles up to {@link
 * ConsumerBackoff#MOST}. Ends early only when the shard is no longer this worker's.
 */
final class BatchLoop {
    /** How long one call of the flow may begin new records. */
    static final Duration AT_A_TIME = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(BatchLoop.class);

    private final StreamConsumer flow;
    private final ConsumerBackoff backoff;
    private final BooleanSupplier ours;
    private final Consumer<Duration> behind;
    private final InstantSource clock;

    /**
     * A loop over one shard's flow.
     *
     * @param ours whether the shard is still this worker's to take
     * @param behind is told, at each attempt that failed, how old its first record is
     */
    BatchLoop(
            StreamConsumer flow,
            ConsumerBackoff backoff,
            BooleanSupplier ours,
            Consumer<Duration> behind,
            InstantSource clock) {
        this.flow = flow;
        this.backoff = backoff;
        this.ours = ours;
        this.behind = behind;
        this.clock = clock;
    }

    /**
     * Takes a batch.
     *
     * @param batch of one shard, in ascending sequence, not empty
     * @return the last record finished; it is the batch's last unless the shard went away meanwhile
     */
    Optional<BigInteger> take(List<StreamRecord> batch) throws InterruptedException {
        int finished = 0;
        int failures = 0;
        while (finished < batch.size() && ours.getAsBoolean()) {
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

    /** How many records from the front got finished. */
    private int attempt(List<StreamRecord> rest) {
        try {
            Optional<ShardPosition> unfinished =
                    flow.take(List.copyOf(rest), clock.instant().plus(AT_A_TIME));
            if (unfinished.isEmpty()) {
                return rest.size();
            }
            BigInteger lowest = unfinished.get().sequence();
            return (int)
                    rest.stream()
                            .takeWhile(record -> record.position().sequence().compareTo(lowest) < 0)
                            .count();
        } catch (RuntimeException broken) {
            LOG.error("A batch of {} cannot be taken", rest.getFirst().position(), broken);
            return 0;
        }
    }
}
