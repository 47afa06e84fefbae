package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.kinesis.CfnStreamConsumer;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.DestinationConfigProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.OnFailureProperty;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * The event source mappings, which feed a stream to a function, with the rules for failures. They
 * invoke an alias: a deployment changes code and environment of a function by two calls, between
 * which an invocation of the function itself would have one of each.
 *
 * <p>The source and the position at which it begins belong to a mapping for good: where either
 * changes, CloudFormation makes another one and then deletes the first, so that both read for a
 * while.
 *
 * <p>A high-water mark means that all records up to it are done. So no record may be given up while
 * the stream still has it, and no record may overtake another: the number of retries is unlimited,
 * the age limit is just under the longest retention, and one batch of a shard is processed at a
 * time. A batch that expires nevertheless is written to the quarantine bucket as a whole.
 */
final class Mappings extends Construct {
    private static final int UNLIMITED = -1;
    private static final Duration MARGIN = Duration.hours(1);

    private final StackSettings settings;

    Mappings(
            Construct scope,
            StackSettings settings,
            StackStreams streams,
            Functions functions,
            IBucket quarantine) {
        super(scope, "Mappings");
        this.settings = settings;
        map("Events", streams.events, functions.features, 200, quarantine);
        map("Examples", streams.examples, functions.train, 1_000, quarantine);
    }

    private void map(
            String id, Stream stream, FreshetFunction function, int batchSize, IBucket quarantine) {
        boolean fanOut = settings.get(StackOptions.FAN_OUT);
        String source = fanOut ? consumer(id, stream, function) : stream.getStreamArn();
        Optional<Instant> from = settings.find(StackOptions.READ_FROM);
        OnFailureProperty whole =
                OnFailureProperty.builder().destination(quarantine.getBucketArn()).build();
        CfnEventSourceMapping mapping =
                CfnEventSourceMapping.Builder.create(this, id)
                        .eventSourceArn(source)
                        .functionName(function.alias().getFunctionArn())
                        .startingPosition(from.isPresent() ? "AT_TIMESTAMP" : "TRIM_HORIZON")
                        .startingPositionTimestamp(from.map(Instant::getEpochSecond).orElse(null))
                        .batchSize(batchSize)
                        .maximumBatchingWindowInSeconds(0)
                        .parallelizationFactor(1)
                        .maximumRetryAttempts(UNLIMITED)
                        .maximumRecordAgeInSeconds(
                                StackStreams.LONGEST.toSeconds().intValue()
                                        - MARGIN.toSeconds().intValue())
                        .bisectBatchOnFunctionError(true)
                        .functionResponseTypes(List.of("ReportBatchItemFailures"))
                        .destinationConfig(
                                DestinationConfigProperty.builder().onFailure(whole).build())
                        .build();
        mapping.overrideLogicalId(id + "Mapping");
        mapping.getNode().addDependency(function.role);
    }

    private String consumer(String id, Stream stream, FreshetFunction function) {
        CfnStreamConsumer consumer =
                CfnStreamConsumer.Builder.create(this, id + "Consumer")
                        .streamArn(stream.getStreamArn())
                        .consumerName(function.getNode().getId())
                        .build();
        consumer.overrideLogicalId(id + "Consumer");
        function.role.addToPolicy(
                Access.allow(
                        consumer.getAttrConsumerArn(),
                        "kinesis:SubscribeToShard",
                        "kinesis:DescribeStreamConsumer"));
        return consumer.getAttrConsumerArn();
    }
}
