package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.kinesis.StreamEncryption;
import software.amazon.awscdk.services.kinesis.StreamMode;
import software.constructs.Construct;

/**
 * The two streams between the functions. Provisioned, because an idle on-demand stream costs $29 a
 * month and an idle shard less; encrypted under the stack's own key, or else the one that AWS
 * manages for Kinesis, which needs no permission of its own.
 */
final class StackStreams extends Construct {
    /**
     * How long a record waits for a function that fails, and so the longest outage that loses
     * nothing.
     */
    static final Duration RETENTION = Duration.days(7);

    /** What readers did, keyed by reader; any number of shards. */
    final Stream events;

    /** What the model is to learn; one shard, because the model is one fold over one order. */
    final Stream examples;

    StackStreams(Construct scope, StackSettings settings, SecurityBaseline safeguards) {
        super(scope, "Streams");
        events = stream("Events", settings.get(StackOptions.EVENT_SHARDS), safeguards);
        examples = stream("Examples", 1, safeguards);
    }

    private Stream stream(String id, int shards, SecurityBaseline safeguards) {
        Stream.Builder builder =
                Stream.Builder.create(this, id)
                        .streamMode(StreamMode.PROVISIONED)
                        .shardCount(shards)
                        .retentionPeriod(RETENTION)
                        .removalPolicy(safeguards.removalPolicy);
        safeguards
                .key()
                .ifPresentOrElse(
                        key -> builder.encryption(StreamEncryption.KMS).encryptionKey(key),
                        () -> builder.encryption(StreamEncryption.MANAGED));
        Stream stream = builder.build();
        if (safeguards.key().isPresent()) {
            Acknowledged.at(
                    stream,
                    "KDS3",
                    "Encrypted under the stack's own key, which its owner can disable, on purpose.");
        }
        LogicalIds.pin(stream, id);
        return stream;
    }
}
