package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.kinesis.CfnStreamConsumer;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.DestinationConfigProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.OnFailureProperty;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * The event source mappings, which feed a stream to a function, with the rules for failures.
 *
 * <p>A high-water mark means that all records up to it are done. So no record may be given up while
 * the stream still has it, and no record may overtake another: the number of retries is unlimited,
 * the age limit is just under the longest retention, and one batch of a shard is processed at a
 * time. A batch that expires nevertheless is written to the quarantine bucket as a whole.
 */
final class Mappings extends Construct {
    private static final int UNLIMITED = -1;
    private static final Duration MARGIN = Duration.hours(1);

    Mappings(
            Construct scope,
            StackSettings settings,
            StackStreams streams,
            Functions functions,
            IBucket quarantine) {
        super(scope, "Mappings");
        boolean fanOut = settings.get(StackOptions.FAN_OUT);
        map("Events", streams.events, functions.features, 200, fanOut, quarantine);
        map("Examples", streams.examples, functions.train, 1_000, fanOut, quarantine);
    }

    private void map(
            String id,
            Stream stream,
            FreshetFunction function,
            int batchSize,
            boolean fanOut,
            IBucket quarantine) {
        String source = fanOut ? consumer(id, stream, function) : stream.getStreamArn();
        OnFailureProperty whole =
                OnFailureProperty.builder().destination(quarantine.getBucketArn()).build();
        CfnEventSourceMapping mapping =
                CfnEventSourceMapping.Builder.create(this, id)
                        .eventSourceArn(source)
                        .functionName(function.function.getFunctionName())
                        .startingPosition("TRIM_HORIZON")
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
