package dev.freshet.worker;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.Settings.Service;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * The asynchronous AWS clients that the Kinesis Client Library requires, over one connection pool.
 * The library's own metrics are disabled, so it makes no CloudWatch calls; metrics come from the
 * flows' log lines.
 */
record KclClients(
        SdkAsyncHttpClient http,
        KinesisAsyncClient kinesis,
        DynamoDbAsyncClient dynamoDb,
        CloudWatchAsyncClient cloudWatch)
        implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int CONNECTIONS = 128;

    static KclClients of(Settings settings) {
        if (settings.endpoint(Service.KINESIS).isPresent()) {
            // Emulators support only JSON; this property is the SDK's only switch for it.
            System.setProperty("aws.cborEnabled", "false");
        }
        SdkAsyncHttpClient http =
                NettyNioAsyncHttpClient.builder()
                        .maxConcurrency(CONNECTIONS)
                        .connectionTimeout(CONNECT)
                        .protocol(Protocol.HTTP1_1)
                        .build();
        return new KclClients(
                http,
                set(KinesisAsyncClient.builder(), Service.KINESIS, settings, http).build(),
                set(DynamoDbAsyncClient.builder(), Service.DYNAMODB, settings, http).build(),
                set(CloudWatchAsyncClient.builder(), Service.DYNAMODB, settings, http).build());
    }

    private static <B extends AwsAsyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B set(
            B builder, Service service, Settings settings, SdkAsyncHttpClient http) {
        return Clients.locate(builder.httpClient(http), service, settings);
    }

    @Override
    public void close() {
        kinesis.close();
        dynamoDb.close();
        cloudWatch.close();
        http.close();
    }
}
