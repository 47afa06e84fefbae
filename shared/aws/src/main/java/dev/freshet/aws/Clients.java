package dev.freshet.aws;

import dev.freshet.aws.Settings.Service;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
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
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The clients of the AWS SDK, each created on first use, over one connection pool. A handler's cold
 * start therefore pays only for the services that it calls. Several clients may be created in
 * parallel.
 *
 * <p>Waiting is bounded: {@link #CONNECT_TIMEOUT} to connect, {@link #READ_TIMEOUT} between two
 * bytes, {@value #MAX_ATTEMPTS} attempts with jittered backoff. For a service whose endpoint is
 * overridden, credentials come from the settings and the SDK's credential discovery is skipped.
 */
public final class Clients implements AutoCloseable {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    static final Duration READ_TIMEOUT = Duration.ofSeconds(3);
    static final int MAX_ATTEMPTS = 3;
    private static final int MAX_CONNECTIONS = 64;

    private final Settings settings;
    private final List<SdkAutoCloseable> opened = new ArrayList<>();
    private final Once<SdkHttpClient> http = new Once<>(this::newHttp);
    private final Once<DynamoDbClient> dynamoDb =
            new Once<>(() -> open(DynamoDbClient.builder(), Service.DYNAMODB));
    private final Once<DynamoDbEnhancedClient> enhanced = new Once<>(this::newEnhanced);
    private final Once<KinesisClient> kinesis = new Once<>(this::newKinesis);
    private final Once<S3Client> s3 = new Once<>(this::newS3);
    private final Once<SecretsManagerClient> secretsManager =
            new Once<>(() -> open(SecretsManagerClient.builder(), Service.SECRETS_MANAGER));

    /** Creates no client yet; {@code settings} give region, endpoints and credentials. */
    public Clients(Settings settings) {
        this.settings = settings;
    }

    /** Returns the client of DynamoDB. */
    public DynamoDbClient dynamoDb() {
        return dynamoDb.get();
    }

    /**
     * Returns the object mapper over {@link #dynamoDb}, without extensions, since no row needs one.
     */
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
     * Returns the client of Kinesis. Emulators of Kinesis support only JSON, not CBOR; the SDK's
     * only switch for that is a system property, read when a client is created and set here where
     * the endpoint is overridden.
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

    /**
     * Returns the client of S3, without the SDK's default checksums: the model log verifies SHA-256
     * itself.
     */
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

    /** Returns the client of Secrets Manager. */
    public SecretsManagerClient secretsManager() {
        return secretsManager.get();
    }

    /**
     * Creates a client of a service that has no method of its own here, with the configuration that
     * all clients share.
     *
     * @param builder of the service's client
     * @param service gives the endpoint override
     */
    public <
                    B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>,
                    C extends SdkAutoCloseable>
            C open(B builder, Service service) {
        return open(configured(builder, service).build());
    }

    /**
     * Returns signed requests to Lambda.
     *
     * @throws software.amazon.awssdk.core.exception.SdkClientException if no region is known, and
     *     the endpoint is not overridden
     */
    public SignedHttp lambda() {
        return signed(Service.LAMBDA, "lambda");
    }

    /**
     * Returns signed requests to CloudWatch.
     *
     * @throws software.amazon.awssdk.core.exception.SdkClientException if no region is known, and
     *     the endpoint is not overridden
     */
    public SignedHttp cloudWatch() {
        return signed(Service.CLOUDWATCH, "monitoring");
    }

    /**
     * Returns signed requests to a service of which this jar has no client.
     *
     * @param name the service's name in a signature and in its endpoint, such as {@code athena}
     * @throws software.amazon.awssdk.core.exception.SdkClientException if no region is known, and
     *     the endpoint is not overridden
     */
    public SignedHttp signed(Service service, String name) {
        Optional<URI> endpoint = settings.endpoint(service);
        Region region =
                settings.region()
                        .map(Region::of)
                        .orElseGet(
                                () ->
                                        endpoint.isPresent()
                                                ? Region.US_EAST_1
                                                : new DefaultAwsRegionProviderChain().getRegion());
        return new SignedHttp(
                http.get(),
                endpoint.isPresent()
                        ? StaticCredentialsProvider.create(credentials(settings))
                        : DefaultCredentialsProvider.builder().build(),
                region,
                name,
                endpoint.orElseGet(
                        () ->
                                URI.create(
                                        "https://" + ServiceMetadata.of(name).endpointFor(region))),
                ServiceLoader.load(SignedCallListener.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    /** Closes all clients in the reverse order of their creation, and the connection pool. */
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
                                                .maxAttempts(MAX_ATTEMPTS)
                                                .build()));
        return locate(builder, service, settings);
    }

    /**
     * Sets region, endpoint and credentials of a client's builder, as far as settings give them: an
     * overridden endpoint has credentials of the settings, and a region in any case.
     */
    public static <B extends AwsClientBuilder<B, C>, C> B locate(
            B builder, Service service, Settings settings) {
        settings.region().map(Region::of).ifPresent(builder::region);
        Optional<URI> endpoint = settings.endpoint(service);
        if (endpoint.isPresent()) {
            builder.endpointOverride(endpoint.get())
                    .credentialsProvider(StaticCredentialsProvider.create(credentials(settings)));
            if (settings.region().isEmpty()) {
                builder.region(Region.US_EAST_1);
            }
        }
        return builder;
    }

    private static AwsCredentials credentials(Settings settings) {
        Settings.Credentials credentials =
                settings.credentials()
                        .orElse(new Settings.Credentials("local", "local", Optional.empty()));
        return credentials.sessionToken().isPresent()
                ? AwsSessionCredentials.create(
                        credentials.id(), credentials.secret(), credentials.sessionToken().get())
                : AwsBasicCredentials.create(credentials.id(), credentials.secret());
    }

    private SdkHttpClient newHttp() {
        return open(
                Apache5HttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .connectionAcquisitionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT)
                        .maxConnections(MAX_CONNECTIONS)
                        .build());
    }

    private <C extends SdkAutoCloseable> C open(C client) {
        synchronized (opened) {
            opened.add(client);
        }
        return client;
    }

    /**
     * A value that is created at the first call. Callers that arrive meanwhile wait for it; other
     * values can be created at the same time.
     */
    private static final class Once<T> {
        private final Supplier<T> factory;
        private @Nullable T value;

        Once(Supplier<T> factory) {
            this.factory = factory;
        }

        synchronized T get() {
            T existing = value;
            if (existing == null) {
                existing = factory.get();
                value = existing;
            }
            return existing;
        }
    }
}
