package dev.freshet.worker;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.exceptions.KinesisClientLibException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * The processing of one shard while this worker holds its lease. Called by one thread at a time.
 *
 * <p>Only finished records are checkpointed, at most once a {@link #BETWEEN_CHECKPOINTS} (one write
 * unit each) and when the lease is handed over. Records that a crash leaves without a checkpoint
 * are delivered again and have no second effect. The checkpoint at the end of a shard allows its
 * child shards to start.
 */
final class ShardWork implements ShardRecordProcessor {
    static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(1);

    /**
     * Maximum time between two measurements of the lag; an alarm takes a missing measurement to
     * mean that no worker reads.
     */
    static final Duration BETWEEN_MEASUREMENTS = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(ShardWork.class);

    private final String stream;
    private final Function<String, BatchLoop> loops;
    private final Consumer<Duration> behind;
    private final Consumer<Error> fatal;
    private final InstantSource clock;
    private @Nullable BatchLoop loop;
    private String shard = "";
    private @Nullable BigInteger finished;
    private @Nullable BigInteger checkpointed;
    private Instant nextCheckpoint = Instant.EPOCH;
    private Instant nextMeasurement = Instant.EPOCH;
    private boolean closed;

    /**
     * Creates the processor before the shard is known.
     *
     * @param loops creates the loop of a shard from the shard's id
     * @param behind receives the lag of this shard behind the end of the stream
     * @param fatal ends the process after an error such as a lack of memory, so that another worker
     *     takes over
     */
    ShardWork(
            String stream,
            Function<String, BatchLoop> loops,
            Consumer<Duration> behind,
            Consumer<Error> fatal,
            InstantSource clock) {
        this.stream = stream;
        this.loops = loops;
        this.behind = behind;
        this.fatal = fatal;
        this.clock = clock;
    }

    @Override
    public void initialize(InitializationInput input) {
        shard = input.shardId();
        loop = loops.apply(shard);
        LOG.info("Reading {}/{} from {}", stream, shard, input.extendedSequenceNumber());
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        if (closed || loop == null) {
            return;
        }
        try {
            measure(input);
            List<StreamRecord> batch = batch(input.records());
            if (!batch.isEmpty()) {
                Optional<BigInteger> last = loop.take(batch);
                last.ifPresent(sequence -> finished = sequence);
                closed = !last.equals(Optional.of(batch.getLast().position().sequence()));
            }
            if (!clock.instant().isBefore(nextCheckpoint)) {
                checkpoint(input.checkpointer());
            }
        } catch (InterruptedException stop) {
            closed = true;
            Thread.currentThread().interrupt();
        } catch (Error error) {
            fatal.accept(error);
            throw error;
        }
    }

    private void measure(ProcessRecordsInput input) {
        Instant now = clock.instant();
        if (!input.records().isEmpty() || !now.isBefore(nextMeasurement)) {
            nextMeasurement = now.plus(BETWEEN_MEASUREMENTS);
            Long millis = input.millisBehindLatest();
            behind.accept(Duration.ofMillis(millis == null ? 0 : millis));
        }
    }

    private List<StreamRecord> batch(List<KinesisClientRecord> records) {
        return records.stream()
                .map(
                        record ->
                                new StreamRecord(
                                        new ShardPosition(
                                                stream + "/" + shard,
                                                new BigInteger(record.sequenceNumber())),
                                        record.partitionKey(),
                                        bytes(record.data()),
                                        record.approximateArrivalTimestamp()))
                .sorted(Comparator.comparing(StreamRecord::position))
                .toList();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Writes a checkpoint. A failure is only logged, since the next checkpoint covers it. */
    private void checkpoint(RecordProcessorCheckpointer checkpointer) {
        BigInteger to = finished;
        if (to == null || to.equals(checkpointed)) {
            return;
        }
        try {
            checkpointer.checkpoint(to.toString());
            checkpointed = to;
            nextCheckpoint = clock.instant().plus(BETWEEN_CHECKPOINTS);
        } catch (ShutdownException taken) {
            LOG.info("The lease of {}/{} is now held by another worker", stream, shard);
            closed = true;
        } catch (KinesisClientLibException failure) {
            LOG.warn(
                    "The checkpoint of {}/{} failed; the next one covers it",
                    stream,
                    shard,
                    failure);
        }
    }

    @Override
    public void leaseLost(LeaseLostInput input) {
        closed = true;
        LOG.info("The lease of {}/{} is now held by another worker", stream, shard);
    }

    /**
     * Checkpoints the end of the shard. Throws if the end cannot be checkpointed yet; the library
     * then calls again.
     */
    @Override
    public void shardEnded(ShardEndedInput input) {
        if (closed) {
            throw new IllegalStateException(
                    stream + "/" + shard + " has ended with unfinished records");
        }
        try {
            input.checkpointer().checkpoint();
            LOG.info("{}/{} is finished to its end", stream, shard);
        } catch (ShutdownException taken) {
            closed = true;
        } catch (KinesisClientLibException failure) {
            throw new IllegalStateException(
                    "the end of " + shard + " is not checkpointed", failure);
        }
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
        checkpoint(input.checkpointer());
        closed = true;
    }
}
