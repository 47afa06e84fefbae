package dev.freshet.infra;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.kinesis.StreamEncryption;
import software.amazon.awscdk.services.kinesis.StreamMode;
import software.constructs.Construct;

/**
 * The two Kinesis streams between the functions. They are provisioned, because an idle on-demand
 * stream costs $29 a month and an idle shard less. They are encrypted under the stack's own key, or
 * else under the key that AWS manages for Kinesis, which needs no permission.
 */
final class StackStreams extends Construct {
    /**
     * The longest retention of both streams, which is the longest outage of a consumer that loses
     * no record. The template always has it, whatever the options are, and the function that looks
     * after the retention shortens it: so an update that sets a stream to what its template says,
     * as one of its shards may, lengthens and never expires a record.
     */
    static final Duration LONGEST = Duration.days(7);

    /** The stream of events, partitioned by user, with any number of shards. */
    final Stream events;

    /**
     * The stream of training examples, with one shard, because the model learns them in one order.
     */
    final Stream examples;

    StackStreams(Construct scope, SecurityBaseline baseline) {
        super(scope, "Streams");
        StackSettings settings = baseline.settings;
        events = stream("Events", settings.get(StackOptions.EVENT_SHARDS), baseline);
        examples = stream("Examples", 1, baseline);
    }

    /** Returns the stream that a setting names. */
    Stream of(Setting name) {
        return name == Setting.EVENTS_STREAM ? events : examples;
    }

    private Stream stream(String id, int shards, SecurityBaseline baseline) {
        Stream.Builder builder =
                Stream.Builder.create(this, id)
                        .streamMode(StreamMode.PROVISIONED)
                        .shardCount(shards)
                        .retentionPeriod(LONGEST)
                        .removalPolicy(baseline.removalPolicyOnceCreated);
        baseline.key()
                .ifPresentOrElse(
                        key -> builder.encryption(StreamEncryption.KMS).encryptionKey(key),
                        () -> builder.encryption(StreamEncryption.MANAGED));
        Stream stream = builder.build();
        if (baseline.key().isPresent()) {
            Acknowledged.at(
                    stream,
                    "KDS3",
                    "Encrypted under the stack's own key, so that its owner can disable it.");
        }
        FreshetStack.pin(stream, id);
        return stream;
    }
}
