package dev.freshet.infra;

import dev.freshet.lake.LakeTable;
import java.util.List;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kinesis.IStream;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.BufferingHintsProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.CatalogConfigurationProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.CloudWatchLoggingOptionsProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.DestinationTableConfigurationProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.IcebergDestinationConfigurationProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.KinesisStreamSourceConfigurationProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.ProcessingConfigurationProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.ProcessorParameterProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.ProcessorProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.RetryOptionsProperty;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream.S3DestinationConfigurationProperty;
import software.amazon.awscdk.services.logs.CfnLogStream;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The Firehose stream that reads {@code events}, has a function make rows of the records, and
 * appends the rows to the table {@code arrivals}. It begins at the records that come after it was
 * made. The CDK has no construct for an Iceberg destination above the level of CloudFormation.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-destination.html">Apache
 *     Iceberg tables as a destination</a>
 */
final class LakeFirehose extends Construct {
    /**
     * The MB that the function receives at once: its answer must not exceed 6 MB, and rows are
     * larger than the records that they are made of.
     */
    private static final int RECORDS_MB = 1;

    private static final int RECORDS_SECONDS = 60;

    /** How often an invocation that fails is repeated before its records are laid aside. */
    private static final int TRANSFORM_RETRIES = 3;

    private static final int ROWS_MB = 128;

    /** How long rows are collected: each delivery is a commit and at least one file. */
    static final int ROWS_SECONDS = 300;

    /** How long a delivery to the table is retried before its rows are laid aside: the longest. */
    private static final int DELIVERY_SECONDS = 7_200;

    final CfnDeliveryStream stream;

    LakeFirehose(
            Construct scope,
            SecurityBaseline baseline,
            LakeStorage lake,
            IStream events,
            FreshetFunction function,
            Construct tables) {
        super(scope, "LakeDelivery");
        LogGroup log = baseline.log(this, "LakeDeliveryLog");
        CfnLogStream lines =
                CfnLogStream.Builder.create(this, "Lines")
                        .logGroupName(log.getLogGroupName())
                        .logStreamName("delivery")
                        .build();
        lines.overrideLogicalId("LakeDeliveryLines");
        String alias = function.alias().getFunctionArn();
        Role role = Access.role(this, "Permissions of Firehose to fill Freshet's lake", "firehose");
        role.addToPolicy(Access.allow(log.getLogGroupArn(), "logs:PutLogEvents"));
        baseline.allow(role, access(lake, events, alias));
        stream =
                CfnDeliveryStream.Builder.create(this, "Stream")
                        .deliveryStreamType("KinesisStreamAsSource")
                        .kinesisStreamSourceConfiguration(
                                KinesisStreamSourceConfigurationProperty.builder()
                                        .kinesisStreamArn(events.getStreamArn())
                                        .roleArn(role.getRoleArn())
                                        .build())
                        .icebergDestinationConfiguration(destination(lake, role, alias, log, lines))
                        .build();
        stream.overrideLogicalId("LakeDelivery");
        Acknowledged.at(
                stream,
                "KDF1",
                "It reads a Kinesis stream, which is encrypted; Firehose encrypts by itself only what"
                        + " is put into it directly.");
        // Firehose tries what the role may do when the stream is made.
        stream.getNode().addDependency(role, tables);
    }

    private static List<PolicyStatement> access(
            LakeStorage lake, IStream events, String functionAlias) {
        return List.of(
                Access.stream(
                        events, "DescribeStream", "GetRecords", "GetShardIterator", "ListShards"),
                Access.allow(
                        functionAlias, "lambda:GetFunctionConfiguration", "lambda:InvokeFunction"),
                lake.definitions(List.of(LakeTable.ARRIVALS.sqlName()), "UpdateTable"),
                Access.objects(
                        lake.bucket,
                        LakeStorage.TABLES_PREFIX + LakeTable.ARRIVALS.sqlName() + "/",
                        "AbortMultipartUpload",
                        "DeleteObject",
                        "GetObject",
                        "PutObject"),
                Access.objects(
                        lake.bucket,
                        LakeStorage.ERRORS_PREFIX,
                        "AbortMultipartUpload",
                        "PutObject"),
                lake.list());
    }

    private IcebergDestinationConfigurationProperty destination(
            LakeStorage lake, Role role, String alias, LogGroup log, CfnLogStream lines) {
        CatalogConfigurationProperty catalog =
                CatalogConfigurationProperty.builder()
                        .catalogArn(Access.arn(this, "glue", "catalog"))
                        .build();
        DestinationTableConfigurationProperty arrivals =
                DestinationTableConfigurationProperty.builder()
                        .destinationDatabaseName(lake.databaseName)
                        .destinationTableName(LakeTable.ARRIVALS.sqlName())
                        .build();
        return IcebergDestinationConfigurationProperty.builder()
                .appendOnly(true)
                .roleArn(role.getRoleArn())
                .catalogConfiguration(catalog)
                .destinationTableConfigurationList(List.of(arrivals))
                .bufferingHints(
                        BufferingHintsProperty.builder()
                                .sizeInMBs(ROWS_MB)
                                .intervalInSeconds(ROWS_SECONDS)
                                .build())
                .processingConfiguration(
                        ProcessingConfigurationProperty.builder()
                                .enabled(true)
                                .processors(List.of(processor(alias, role)))
                                .build())
                .retryOptions(
                        RetryOptionsProperty.builder().durationInSeconds(DELIVERY_SECONDS).build())
                .s3BackupMode("FailedDataOnly")
                .s3Configuration(
                        S3DestinationConfigurationProperty.builder()
                                .bucketArn(lake.bucket.getBucketArn())
                                .roleArn(role.getRoleArn())
                                .errorOutputPrefix(
                                        LakeStorage.ERRORS_PREFIX
                                                + "!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/")
                                .compressionFormat("UNCOMPRESSED")
                                .build())
                .cloudWatchLoggingOptions(
                        CloudWatchLoggingOptionsProperty.builder()
                                .enabled(true)
                                .logGroupName(log.getLogGroupName())
                                .logStreamName(lines.getRef())
                                .build())
                .build();
    }

    private static ProcessorProperty processor(String alias, Role role) {
        return ProcessorProperty.builder()
                .type("Lambda")
                .parameters(
                        List.of(
                                parameter("LambdaArn", alias),
                                parameter("RoleArn", role.getRoleArn()),
                                parameter("BufferSizeInMBs", RECORDS_MB),
                                parameter("BufferIntervalInSeconds", RECORDS_SECONDS),
                                parameter("NumberOfRetries", TRANSFORM_RETRIES)))
                .build();
    }

    private static ProcessorParameterProperty parameter(String name, Object value) {
        return ProcessorParameterProperty.builder()
                .parameterName(name)
                .parameterValue(value.toString())
                .build();
    }
}
