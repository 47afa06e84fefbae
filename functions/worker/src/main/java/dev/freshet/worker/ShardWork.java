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
 * One shard while this worker holds its lease. Called by one thread at a time.
 *
 * <p>Only what is finished is checkpointed, once a {@link #BETWEEN_CHECKPOINTS} at most (one write
 * unit each) and when the shard is handed over: what a death leaves unmarked comes again and has no
 * second effect. At the shard's end the checkpoint lets its children begin.
 */
final class ShardWork implements ShardRecordProcessor {
    static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(1);

    /** Told of at least so often, so that silence means that nobody reads. */
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
    private boolean over;

    /**
     * A shard of this stream, not known which yet.
     *
     * @param loops the loop of a shard, by the shard's id
     * @param behind takes how far this shard is behind the stream's end
     * @param fatal ends the process: what the machine refuses (memory) is for another worker
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
        LOG.info("Takes {}/{} from {}", stream, shard, input.extendedSequenceNumber());
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        if (over || loop == null) {
            return;
        }
        try {
            measure(input);
            List<StreamRecord> batch = batch(input.records());
            if (!batch.isEmpty()) {
                Optional<BigInteger> last = loop.take(batch);
                last.ifPresent(sequence -> finished = sequence);
                over = !last.equals(Optional.of(batch.getLast().position().sequence()));
            }
            if (!clock.instant().isBefore(nextCheckpoint)) {
                checkpoint(input.checkpointer());
            }
        } catch (InterruptedException stop) {
            over = true;
            Thread.currentThread().interrupt();
        } catch (Error unbearable) {
            fatal.accept(unbearable);
            throw unbearable;
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

    /** A checkpoint that a store refuses is made up for by the next one. */
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
            LOG.info("{}/{} is another worker's now", stream, shard);
            over = true;
        } catch (KinesisClientLibException unanswered) {
            LOG.warn("{}/{} could not be checkpointed", stream, shard, unanswered);
        }
    }

    @Override
    public void leaseLost(LeaseLostInput input) {
        over = true;
        LOG.info("{}/{} is another worker's now", stream, shard);
    }

    /** Throws where the end may not be marked yet: the library asks again. */
    @Override
    public void shardEnded(ShardEndedInput input) {
        if (over) {
            throw new IllegalStateException(stream + "/" + shard + " has ended unfinished");
        }
        try {
            input.checkpointer().checkpoint();
            LOG.info("{}/{} is read to its end", stream, shard);
        } catch (ShutdownException taken) {
            over = true;
        } catch (KinesisClientLibException unanswered) {
            throw new IllegalStateException("the end of " + shard + " is not marked", unanswered);
        }
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
        checkpoint(input.checkpointer());
        over = true;
    }
}
