package dev.freshet.aws.kinesis;

import dev.freshet.aws.AwsCalls;
import dev.freshet.store.RetentionFlow.AdaptiveRetention;
import dev.freshet.store.RetentionFlow.RetainedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * A Kinesis data stream whose period of retention can be changed.
 *
 * @param name of the stream
 * @param readers all that read it for the stack, at least one
 */
public record KinesisRetainedStream(
        KinesisClient kinesis,
        StreamMetrics metrics,
        String name,
        List<StreamMetrics.Reader> readers)
        implements RetainedStream {
    private static final String STORE = "The stream ";

    public KinesisRetainedStream {
        readers = List.copyOf(readers);
    }

    @Override
    public Duration retention() {
        return AwsCalls.call(
                STORE + name,
                () ->
                        Duration.ofHours(
                                kinesis.describeStreamSummary(r -> r.streamName(name))
                                        .streamDescriptionSummary()
                                        .retentionPeriodHours()));
    }

    @Override
    public void retain(Duration period) {
        int hours = Math.toIntExact(period.toHours());
        boolean longer = period.compareTo(retention()) > 0;
        AwsCalls.call(
                STORE + name,
                () ->
                        longer
                                ? kinesis.increaseStreamRetentionPeriod(
                                        r -> r.streamName(name).retentionPeriodHours(hours))
                                : kinesis.decreaseStreamRetentionPeriod(
                                        r -> r.streamName(name).retentionPeriodHours(hours)));
    }

    @Override
    public List<AdaptiveRetention.Report> reports(Instant now) {
        return readers.stream().map(reader -> metrics.report(name, reader, now)).toList();
    }
}
