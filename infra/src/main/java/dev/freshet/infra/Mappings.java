package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.kinesis.CfnStreamConsumer;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * Which stream feeds which function, and what happens when the function fails.
 *
 * <p>A high-water mark says "everything up to here is done", so nothing may be given up while its
 * stream still holds it and nothing may overtake: retries without end, an age limit just under the
 * retention, one batch of a shard at a time. What expires all the same is laid down whole in the
 * quarantine bucket.
 */
final class Mappings extends Construct {
    private static final int FOR_EVER = -1;
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
        CfnEventSourceMapping mapping =
                CfnEventSourceMapping.Builder.create(this, id)
                        .eventSourceArn(source)
                        .functionName(function.function.getFunctionName())
                        .startingPosition("TRIM_HORIZON")
                        .batchSize(batchSize)
                        .maximumBatchingWindowInSeconds(0)
                        .parallelizationFactor(1)
                        .maximumRetryAttempts(FOR_EVER)
                        .maximumRecordAgeInSeconds(
                                StackStreams.RETENTION.toSeconds().intValue()
                                        - MARGIN.toSeconds().intValue())
                        .bisectBatchOnFunctionError(true)
                        .functionResponseTypes(List.of("ReportBatchItemFailures"))
                        .destinationConfig(
                                CfnEventSourceMapping.DestinationConfigProperty.builder()
                                        .onFailure(
                                                CfnEventSourceMapping.OnFailureProperty.builder()
                                                        .destination(quarantine.getBucketArn())
                                                        .build())
                                        .build())
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
        function.role.addToPolicy(Access.subscribe(consumer.getAttrConsumerArn()));
        return consumer.getAttrConsumerArn();
    }
}
