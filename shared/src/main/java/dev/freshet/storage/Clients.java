package dev.freshet.storage;

import dev.freshet.storage.Settings.Service;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's clients, each made on first use, over one connection pool: a handler pays at its cold
 * start only for the services that it calls.
 *
 * <p>Waiting is bounded: {@link #CONNECT} to connect, {@link #SILENCE} between two bytes, {@value
 * #ATTEMPTS} attempts with jittered backoff. Where an endpoint stands in for a service, credentials
 * come from the settings and the SDK's discovery is left out.
 */
public final class Clients implements AutoCloseable {
    static final Duration CONNECT = Duration.ofSeconds(1);
    static final Duration SILENCE = Duration.ofSeconds(3);
    static final int ATTEMPTS = 3;
    private static final int MAX_CONNECTIONS = 64;

    private final Settings settings;
    private final List<SdkAutoCloseable> opened = new ArrayList<>();
    private @Nullable SdkHttpClient http;
    private @Nullable DynamoDbClient dynamoDb;
    private @Nullable DynamoDbEnhancedClient enhanced;
    private @Nullable KinesisClient kinesis;
    private @Nullable S3Client s3;
    private @Nullable SecretsManagerClient secretsManager;

    public Clients(Settings settings) {
        this.settings = settings;
    }

    public synchronized DynamoDbClient dynamoDb() {
        if (dynamoDb == null) {
            dynamoDb = open(configured(DynamoDbClient.builder(), Service.DYNAMODB).build());
        }
        return dynamoDb;
    }

    /** The mapper over {@link #dynamoDb}; without extensions, since no row uses any. */
    public synchronized DynamoDbEnhancedClient enhancedDynamoDb() {
        if (enhanced == null) {
            enhanced =
                    DynamoDbEnhancedClient.builder()
                            .dynamoDbClient(dynamoDb())
                            .extensions(List.of())
                            .build();
        }
        return enhanced;
    }

    /**
     * Emulators of Kinesis speak JSON only, and the SDK's one switch for that is a system property,
     * read when a client is made.
     */
    public synchronized KinesisClient kinesis() {
        if (kinesis == null) {
            if (settings.endpoint(Service.KINESIS).isPresent()) {
                System.setProperty("aws.cborEnabled", "false");
            }
            kinesis = open(configured(KinesisClient.builder(), Service.KINESIS).build());
        }
        return kinesis;
    }

    /** Without the SDK's own checksums: the model log checks SHA-256, given to S3 on writing. */
    public synchronized S3Client s3() {
        if (s3 == null) {
            boolean emulated = settings.endpoint(Service.S3).isPresent();
            s3 =
                    open(
                            configured(S3Client.builder(), Service.S3)
                                    .forcePathStyle(emulated)
                                    .requestChecksumCalculation(
                                            RequestChecksumCalculation.WHEN_REQUIRED)
                                    .responseChecksumValidation(
                                            ResponseChecksumValidation.WHEN_REQUIRED)
                                    .build());
        }
        return s3;
    }

    public synchronized SecretsManagerClient secretsManager() {
        if (secretsManager == null) {
            secretsManager =
                    open(
                            configured(SecretsManagerClient.builder(), Service.SECRETS_MANAGER)
                                    .build());
        }
        return secretsManager;
    }

    /** Closes what was opened. */
    @Override
    public synchronized void close() {
        opened.reversed().forEach(SdkAutoCloseable::close);
        opened.clear();
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configured(
            B builder, Service service) {
        builder.httpClient(http())
                .overrideConfiguration(
                        each ->
                                each.retryStrategy(
                                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                                .maxAttempts(ATTEMPTS)
                                                .build()));
        settings.region().map(Region::of).ifPresent(builder::region);
        Optional<URI> endpoint = settings.endpoint(service);
        if (endpoint.isPresent()) {
            builder.endpointOverride(endpoint.get())
                    .credentialsProvider(StaticCredentialsProvider.create(handGiven()));
            if (settings.region().isEmpty()) {
                builder.region(Region.US_EAST_1);
            }
        }
        return builder;
    }

    private AwsCredentials handGiven() {
        Settings.Credentials given =
                settings.credentials()
                        .orElse(new Settings.Credentials("local", "local", Optional.empty()));
        return given.sessionToken().isPresent()
                ? AwsSessionCredentials.create(
                        given.id(), given.secret(), given.sessionToken().get())
                : AwsBasicCredentials.create(given.id(), given.secret());
    }

    private SdkHttpClient http() {
        if (http == null) {
            http =
                    open(
                            Apache5HttpClient.builder()
                                    .connectionTimeout(CONNECT)
                                    .connectionAcquisitionTimeout(CONNECT)
                                    .socketTimeout(SILENCE)
                                    .maxConnections(MAX_CONNECTIONS)
                                    .build());
        }
        return http;
    }

    private <C extends SdkAutoCloseable> C open(C client) {
        opened.add(client);
        return client;
    }
}
