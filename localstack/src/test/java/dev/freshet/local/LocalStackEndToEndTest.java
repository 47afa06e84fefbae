package dev.freshet.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyKind;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbAccessKeys;
import dev.freshet.cli.client.FreshetClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.localstack.LocalStackContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The end-to-end contract on LocalStack: CloudFormation creates the stack from the synthesized
 * template, and the functions run from the packaged jar. Runs in the Maven profile {@code
 * localstack} if {@link LocalStackCondition} holds.
 */
@ExtendWith(LocalStackCondition.class)
class LocalStackEndToEndTest extends EndToEndContract {

    private static final Path SYNTHESIZED = Path.of("../infra/target/cdk.out");
    private static final String STACK = "freshet-test";

    private @Nullable LocalStackContainer container;

    @Override
    Duration timeLimit() {
        return Duration.ofMinutes(3);
    }

    @Override
    FreshetClient deploy() throws Exception {
        LocalStackContainer started =
                new LocalStackContainer(LocalStackCondition.LOCALSTACK)
                        .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1")
                        .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "60");
        container = started;
        started.start();
        JsonNode assets =
                new ObjectMapper()
                        .readTree(Files.readString(SYNTHESIZED.resolve("Freshet.assets.json")));
        upload(started, assets);
        createStack(started);
        try (ApiGatewayClient apis = to(ApiGatewayClient.builder(), started).build()) {
            String api = apis.getRestApis().items().getFirst().id();
            String stage =
                    apis.getStages(request -> request.restApiId(api)).item().getFirst().stageName();
            URI address =
                    URI.create(
                            started.getEndpoint()
                                    + "/restapis/"
                                    + api
                                    + "/"
                                    + stage
                                    + "/_user_request_");
            return new FreshetClient(address, Optional.of(secretKey(started, apis)));
        }
    }

    /** Creates a secret key in the stack's table and registers it with API Gateway. */
    private static String secretKey(LocalStackContainer container, ApiGatewayClient apis) {
        InstantSource clock = InstantSource.system();
        KeyGenerator.Minted generated =
                new KeyGenerator(new SecureRandom()).secret("test", clock.instant(), null);
        String plan =
                apis.getUsagePlans().items().stream()
                        .filter(each -> each.name().endsWith(KeyKind.SECRET.wireName()))
                        .findFirst()
                        .orElseThrow()
                        .id();
        String id =
                apis.createApiKey(
                                request ->
                                        request.name("test")
                                                .value(generated.row().usageKey())
                                                .enabled(true))
                        .id();
        apis.createUsagePlanKey(request -> request.usagePlanId(plan).keyId(id).keyType("API_KEY"));
        Settings settings =
                Settings.from(
                        Map.of(
                                "AWS_ENDPOINT_URL_DYNAMODB",
                                container.getEndpoint().toString(),
                                "AWS_REGION",
                                container.getRegion(),
                                "AWS_ACCESS_KEY_ID",
                                container.getAccessKey(),
                                "AWS_SECRET_ACCESS_KEY",
                                container.getSecretKey()));
        try (Clients clients = new Clients(settings)) {
            new DynamodbAccessKeys(clients.enhancedDynamoDb(), keysTable(container), clock)
                    .put(generated.row());
        }
        return generated.shown();
    }

    private static String keysTable(LocalStackContainer container) {
        try (CloudFormationClient stacks = to(CloudFormationClient.builder(), container).build()) {
            return stacks
                    .describeStackResources(request -> request.stackName(STACK))
                    .stackResources()
                    .stream()
                    .filter(each -> each.resourceType().startsWith("AWS::DynamoDB::"))
                    .filter(each -> each.logicalResourceId().startsWith("Keys"))
                    .findFirst()
                    .orElseThrow()
                    .physicalResourceId();
        }
    }

    private static void upload(LocalStackContainer container, JsonNode assets) {
        try (S3Client s3 = to(S3Client.builder().forcePathStyle(true), container).build()) {
            for (JsonNode file : assets.path("files")) {
                Path source = SYNTHESIZED.resolve(file.at("/source/path").asText());
                for (JsonNode destination : file.path("destinations")) {
                    String bucket =
                            destination
                                    .path("bucketName")
                                    .asText()
                                    .replace("${AWS::AccountId}", "000000000000")
                                    .replace("${AWS::Region}", container.getRegion());
                    s3.createBucket(request -> request.bucket(bucket));
                    s3.putObject(
                            request ->
                                    request.bucket(bucket)
                                            .key(destination.path("objectKey").asText()),
                            RequestBody.fromFile(source));
                }
            }
        }
    }

    private static void createStack(LocalStackContainer container) throws Exception {
        String template = Files.readString(SYNTHESIZED.resolve("Freshet.template.json"));
        try (CloudFormationClient stacks = to(CloudFormationClient.builder(), container).build();
                S3Client s3 = to(S3Client.builder().forcePathStyle(true), container).build()) {
            s3.createBucket(request -> request.bucket("templates"));
            s3.putObject(
                    request -> request.bucket("templates").key("freshet.json"),
                    RequestBody.fromString(template));
            stacks.createStack(
                    request ->
                            request.stackName(STACK)
                                    .templateURL(
                                            container.getEndpoint() + "/templates/freshet.json")
                                    .capabilities(
                                            Capability.CAPABILITY_IAM,
                                            Capability.CAPABILITY_NAMED_IAM));
            try (var waiter = stacks.waiter()) {
                waiter.waitUntilStackCreateComplete(request -> request.stackName(STACK));
            }
        }
    }

    private static <B extends AwsClientBuilder<B, ?>> B to(
            B builder, LocalStackContainer container) {
        return builder.endpointOverride(container.getEndpoint())
                .region(Region.of(container.getRegion()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(
                                        container.getAccessKey(), container.getSecretKey())));
    }

    @AfterAll
    void end() {
        if (container != null) {
            container.stop();
        }
    }
}
