package dev.freshet.aws;

import dev.freshet.aws.Settings.Service;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
 * start only for the services that it calls, and may make several side by side.
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
    private final Once<SdkHttpClient> http = new Once<>(this::newHttp);
    private final Once<DynamoDbClient> dynamoDb = new Once<>(this::newDynamoDb);
    private final Once<DynamoDbEnhancedClient> enhanced = new Once<>(this::newEnhanced);
    private final Once<KinesisClient> kinesis = new Once<>(this::newKinesis);
    private final Once<S3Client> s3 = new Once<>(this::newS3);
    private final Once<SecretsManagerClient> secretsManager = new Once<>(this::newSecretsManager);

    public Clients(Settings settings) {
        this.settings = settings;
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb.get();
    }

    private DynamoDbClient newDynamoDb() {
        return open(configured(DynamoDbClient.builder(), Service.DYNAMODB).build());
    }

    /** The mapper over {@link #dynamoDb}; without extensions, since no row uses any. */
    public DynamoDbEnhancedClient enhancedDynamoDb() {
        return enhanced.get();
    }

    private DynamoDbEnhancedClient newEnhanced() {
        return DynamoDbEnhancedClient.builder()
                .dynamoDbClient(dynamoDb())
                .extensions(List.of())
                .build();
    }

    /**
     * Emulators of Kinesis speak JSON only, and the SDK's one switch for that is a system property,
     * read when a client is made.
     */
    public KinesisClient kinesis() {
        return kinesis.get();
    }

    private KinesisClient newKinesis() {
        if (settings.endpoint(Service.KINESIS).isPresent()) {
            System.setProperty("aws.cborEnabled", "false");
        }
        return open(configured(KinesisClient.builder(), Service.KINESIS).build());
    }

    /** Without the SDK's own checksums: the model log checks SHA-256, given to S3 on writing. */
    public S3Client s3() {
        return s3.get();
    }

    private S3Client newS3() {
        boolean emulated = settings.endpoint(Service.S3).isPresent();
        return open(
                configured(S3Client.builder(), Service.S3)
                        .forcePathStyle(emulated)
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .build());
    }

    public SecretsManagerClient secretsManager() {
        return secretsManager.get();
    }

    private SecretsManagerClient newSecretsManager() {
        return open(configured(SecretsManagerClient.builder(), Service.SECRETS_MANAGER).build());
    }

    /**
     * A further client, set up as the others are.
     *
     * @param builder of a service's client
     */
    public <
                    B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>,
                    C extends SdkAutoCloseable>
            C open(B builder, Service service) {
        return open(configured(builder, service).build());
    }

    /** Closes what was opened. */
    @Override
    public void close() {
        synchronized (opened) {
            opened.reversed().forEach(SdkAutoCloseable::close);
            opened.clear();
        }
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configured(
            B builder, Service service) {
        builder.httpClient(http.get())
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

    private SdkHttpClient newHttp() {
        return open(
                Apache5HttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .connectionAcquisitionTimeout(CONNECT)
                        .socketTimeout(SILENCE)
                        .maxConnections(MAX_CONNECTIONS)
                        .build());
    }

    private <C extends SdkAutoCloseable> C open(C client) {
        synchronized (opened) {
            opened.add(client);
        }
        return client;
    }

    /** Made at the first call; others wait for it, but not those who want something else. */
    private static final class Once<T> {
        private final Supplier<T> maker;
        private @Nullable T made;

        Once(Supplier<T> maker) {
            this.maker = maker;
        }

        synchronized T get() {
            T there = made;
            if (there == null) {
                there = maker.get();
                made = there;
            }
            return there;
        }
    }
}
