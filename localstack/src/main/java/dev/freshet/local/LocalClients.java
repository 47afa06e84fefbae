package dev.freshet.local;

import dev.freshet.local.emulator.Emulators;
import dev.freshet.local.template.Arns;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The local cloud's AWS clients of its emulators.
 *
 * @param http HTTP client shared by the three
 */
record LocalClients(SdkHttpClient http, DynamoDbClient dynamodb, KinesisClient kinesis, S3Client s3)
        implements AutoCloseable {

    /** Maximum number of connections: enough for the shard loops of all mappings and a few more. */
    private static final int CONNECTIONS = 64;

    /** The id of the access key of the local cloud itself, of its tools and of its tests. */
    static final String LOCAL = "local";

    /** Returns clients of the local cloud itself. */
    static LocalClients of(Emulators emulators) {
        return of(emulators, LOCAL);
    }

    /**
     * Returns clients that call with the credentials of a function, as Lambda does when it polls
     * the function's stream.
     */
    static LocalClients of(Emulators emulators, String function) {
        SdkHttpClient http = Apache5HttpClient.builder().maxConnections(CONNECTIONS).build();
        Region region = Region.of(Arns.REGION);
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(function, LOCAL));
        return new LocalClients(
                http,
                DynamoDbClient.builder()
                        .httpClient(http)
                        .region(region)
                        .credentialsProvider(credentials)
                        .endpointOverride(emulators.dynamodb())
                        .build(),
                KinesisClient.builder()
                        .httpClient(http)
                        .region(region)
                        .credentialsProvider(credentials)
                        .endpointOverride(emulators.kinesis())
                        .build(),
                S3Client.builder()
                        .httpClient(http)
                        .region(region)
                        .credentialsProvider(credentials)
                        .endpointOverride(emulators.s3())
                        .forcePathStyle(true)
                        .build());
    }

    @Override
    public void close() {
        dynamodb.close();
        kinesis.close();
        s3.close();
        http.close();
    }
}
