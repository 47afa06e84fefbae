package dev.freshet.aws.kinesis;

import dev.freshet.aws.AwsCalls;
import dev.freshet.store.ShardScalingFlow.ShardScaling;
import dev.freshet.store.ShardScalingFlow.ShardedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesis.model.Tag;

/**
 * A Kinesis data stream whose number of shards can be changed. When it was changed stands in a tag
 * of the stream, as minutes since the epoch, because Kinesis counts the changes of the last 24
 * hours but does not tell them.
 *
 * @param name of the stream
 */
public record KinesisShardedStream(KinesisClient kinesis, StreamMetrics metrics, String name)
        implements ShardedStream {
    private static final String STORE = "The stream ";

    /** The tag that holds the changes. */
    static final String CHANGES = "freshet:shard-changes";

    /** A minute within the tag; whatever else somebody wrote there counts as no change. */
    private static final Pattern MINUTE = Pattern.compile("\\b[0-9]{1,10}\\b");

    private static final int MAX_TAGS = 50;

    @Override
    public ShardScaling.Report report(Instant now) {
        StreamDescriptionSummary stream =
                AwsCalls.call(
                        STORE + name,
                        () ->
                                kinesis.describeStreamSummary(r -> r.streamName(name))
                                        .streamDescriptionSummary());
        return new ShardScaling.Report(
                stream.openShardCount(),
                stream.streamStatus() != StreamStatus.ACTIVE,
                metrics.filledShards(name, now),
                changes());
    }

    private List<Instant> changes() {
        List<Tag> tags =
                AwsCalls.call(
                        STORE + name,
                        () ->
                                kinesis.listTagsForStream(r -> r.streamName(name).limit(MAX_TAGS))
                                        .tags());
        List<Instant> changes = new ArrayList<>();
        for (Tag tag : tags) {
            if (tag.key().equals(CHANGES)) {
                Matcher minutes = MINUTE.matcher(tag.value());
                while (minutes.find()) {
                    changes.add(
                            Instant.EPOCH.plus(
                                    Duration.ofMinutes(Long.parseLong(minutes.group()))));
                }
            }
        }
        return changes;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The tag is written first: a change that then fails counts as made, which only leaves one
     * fewer.
     */
    @Override
    public void scale(int shards, ShardScaling.Report report, Instant now) {
        List<Instant> changes = new ArrayList<>(report.changes());
        changes.add(now);
        String minutes =
                changes.stream()
                        .filter(change -> change.isAfter(now.minus(ShardScaling.DAY)))
                        .map(change -> String.valueOf(change.getEpochSecond() / 60))
                        .collect(Collectors.joining(" "));
        AwsCalls.call(
                STORE + name,
                () ->
                        kinesis.addTagsToStream(
                                r -> r.streamName(name).tags(Map.of(CHANGES, minutes))));
        AwsCalls.call(
                STORE + name,
                () ->
                        kinesis.updateShardCount(
                                r ->
                                        r.streamName(name)
                                                .targetShardCount(shards)
                                                .scalingType(ScalingType.UNIFORM_SCALING)));
    }
}
