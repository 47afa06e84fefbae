package dev.freshet.local.sample;

import dev.freshet.aws.Settings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** AWS clients of the emulators whose addresses are in the settings. */
public final class SampleClients {

    private SampleClients() {}

    public static KinesisClient kinesis(Settings settings) {
        return to(KinesisClient.builder(), settings, Settings.Service.KINESIS).build();
    }

    public static DynamoDbClient dynamodb(Settings settings) {
        return to(DynamoDbClient.builder(), settings, Settings.Service.DYNAMODB).build();
    }

    public static S3Client s3(Settings settings) {
        return to(S3Client.builder().forcePathStyle(true), settings, Settings.Service.S3).build();
    }

    private static <B extends AwsClientBuilder<B, ?>> B to(
            B builder, Settings settings, Settings.Service service) {
        return builder.endpointOverride(settings.endpoint(service).orElseThrow())
                .region(Region.of(settings.region().orElseThrow()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")));
    }
}
