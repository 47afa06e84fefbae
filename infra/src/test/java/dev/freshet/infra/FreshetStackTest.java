package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreshetStackTest {
    private static final Set<String> STATE =
            Set.of(
                    "Interactions",
                    "Exposures",
                    "Outcomes",
                    "Experiments",
                    "Users",
                    "Items",
                    "Trends",
                    "Models",
                    "Keys",
                    "Events",
                    "Examples",
                    "ModelBucket",
                    "QuarantineBucket",
                    "Secret");

    private final Synthesized dev = Synthesized.dev();
    private final Synthesized prod = Synthesized.prod();

    /**
     * In a process of its own, because the order of immutable maps changes from one process to the
     * next, and with everything that a stack can have.
     */
    @Test
    void synthesizedTwiceItIsTheSameBytes() throws Exception {
        Map<String, Object> options =
                Map.of(
                        "lake", "true",
                        "batch", "true",
                        "bulk", "true",
                        "site", "true",
                        "signedApi", "true",
                        "pseudonymiseIds", "true",
                        "alarms", "all");
        Synthesized whole = Synthesized.with(options);
        Path folder = Synthesized.scratch();
        Path again = folder.resolve("cdk.out");
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                FreshetApp.class.getName(),
                                whole.folder().resolveSibling("functions.jar").toString(),
                                whole.folder().resolveSibling("layer").toString(),
                                whole.folder().resolveSibling("worker").toString(),
                                Synthesized.SITE.toString(),
                                whole.folder().resolveSibling("batch").toString(),
                                again.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said").toFile());
        builder.environment()
                .put("CDK_CONTEXT_JSON", new ObjectMapper().writeValueAsString(options));
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(folder.resolve("said"))).isZero();
        assertThat(bytes(again)).isEqualTo(bytes(whole.folder()));
    }

    @Test
    void resourcesWithStateHaveFixedLogicalIds() {
        assertThat(STATE).allSatisfy(id -> assertThat(dev.resource(id).isObject()).as(id).isTrue());
    }

    @Test
    void inDevNothingOutlivesTheStack() {
        assertThat(STATE)
                .allSatisfy(
                        id ->
                                assertThat(dev.resource(id).path("DeletionPolicy").asText())
                                        .as(id)
                                        .isEqualTo("Delete"));
    }

    /**
     * What costs money while it is empty is deleted with a stack whose first deployment fails.
     * Tables, which cost nothing then, could not be: they are protected from deletion.
     */
    @Test
    void inProdStateOutlivesTheStackAndTablesAreGuarded() {
        assertThat(STATE)
                .allSatisfy(
                        id -> {
                            boolean table =
                                    prod.ofType("AWS::DynamoDB::GlobalTable").containsKey(id);
                            assertThat(prod.resource(id).path("DeletionPolicy").asText())
                                    .as(id)
                                    .isEqualTo(table ? "Retain" : "RetainExceptOnCreate");
                            assertThat(prod.resource(id).path("UpdateReplacePolicy").asText())
                                    .as(id)
                                    .isEqualTo("Retain");
                        });
        assertThat(prod.ofType("AWS::DynamoDB::GlobalTable").values())
                .hasSize(9)
                .allSatisfy(
                        table -> {
                            JsonNode replica = table.path("Replicas").path(0);
                            assertThat(replica.path("DeletionProtectionEnabled").asBoolean())
                                    .isTrue();
                            assertThat(
                                            replica.at(
                                                            "/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                                                    .asBoolean())
                                    .isTrue();
                        });
    }

    @Test
    void tablesHaveTheKeysThatTheAdaptersUse() {
        Map<String, String> keys = new TreeMap<>();
        dev.ofType("AWS::DynamoDB::GlobalTable")
                .forEach(
                        (id, table) ->
                                keys.put(
                                        id,
                                        String.join(
                                                        " ",
                                                        table.path("KeySchema")
                                                                .findValuesAsText("AttributeName"))
                                                + " "
                                                + String.join(
                                                        "",
                                                        table.path("AttributeDefinitions")
                                                                .findValuesAsText(
                                                                        "AttributeType"))));
        assertThat(keys)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "Interactions", "userId eventKey SS",
                                "Exposures", "userId listKey SS",
                                "Outcomes", "scope dayKey SS",
                                "Experiments", "experimentId S",
                                "Users", "userId S",
                                "Items", "itemId S",
                                "Trends", "scope windowStart SN",
                                "Models", "modelId version SN",
                                "Keys", "keyId S"));
    }

    @Test
    void everyTableForgetsAndCostsNothingIdle() {
        assertThat(dev.ofType("AWS::DynamoDB::GlobalTable").values())
                .allSatisfy(
                        table -> {
                            assertThat(table.at("/TimeToLiveSpecification/AttributeName").asText())
                                    .isEqualTo("expiresAt");
                            assertThat(table.at("/TimeToLiveSpecification/Enabled").asBoolean())
                                    .isTrue();
                            assertThat(table.path("BillingMode").asText())
                                    .isEqualTo("PAY_PER_REQUEST");
                        });
    }

    @Test
    void streamsAreKeptForADayAndAFunctionLooksEveryHourWhetherThatIsEnough() {
        assertThat(Synthesized.prod().ofType("AWS::Kinesis::Stream").values())
                .allSatisfy(
                        stream ->
                                assertThat(stream.path("RetentionPeriodHours").asInt())
                                        .isEqualTo(24));
        JsonNode rule = Synthesized.prod().properties("RetainEveryHour");
        assertThat(rule.path("ScheduleExpression").asText()).isEqualTo("rate(1 hour)");
        assertThat(rule.at("/Targets/0/Arn/Fn::GetAtt/0").asText()).isEqualTo("Retain");
        assertThat(Synthesized.decided().functions()).doesNotContainKey("Retain");
    }

    @Test
    void shardsScaleThemselvesEveryMinuteOnlyWhereTheOptionSaysSo() {
        Synthesized scaling =
                Synthesized.with(
                        java.util.Map.of(
                                "stage", "prod", "eventShards", "2", "eventShardsMax", "8"));
        JsonNode rule = scaling.properties("ScaleEveryMinute");
        assertThat(rule.path("ScheduleExpression").asText()).isEqualTo("rate(1 minute)");
        assertThat(rule.at("/Targets/0/Arn/Fn::GetAtt/0").asText()).isEqualTo("Scale");
        JsonNode variables = scaling.properties("Scale").at("/Environment/Variables");
        assertThat(variables.path("FRESHET_EVENT_SHARDS").asText()).isEqualTo("2");
        assertThat(variables.path("FRESHET_EVENT_SHARDS_MAX").asText()).isEqualTo("8");
        assertThat(Synthesized.prod().functions()).doesNotContainKey("Scale");
    }

    @Test
    void streamsAreEncryptedKeptForAWeekAndExamplesHasOneShard() {
        Synthesized threeShards = Synthesized.decided();
        Map<String, JsonNode> streams = threeShards.ofType("AWS::Kinesis::Stream");
        assertThat(streams.keySet()).containsExactlyInAnyOrder("Events", "Examples");
        assertThat(streams.values())
                .allSatisfy(
                        stream -> {
                            assertThat(stream.at("/StreamEncryption/EncryptionType").asText())
                                    .isEqualTo("KMS");
                            assertThat(stream.path("RetentionPeriodHours").asInt()).isEqualTo(168);
                            assertThat(stream.at("/StreamModeDetails/StreamMode").asText())
                                    .isEqualTo("PROVISIONED");
                        });
        assertThat(threeShards.properties("Events").path("ShardCount").asInt()).isEqualTo(3);
        assertThat(threeShards.properties("Examples").path("ShardCount").asInt()).isEqualTo(1);
    }

    @Test
    void bucketsAreClosedAndQuarantineForgets() {
        assertThat(dev.ofType("AWS::S3::Bucket").values())
                .hasSize(2)
                .allSatisfy(
                        bucket -> {
                            assertThat(bucket.path("PublicAccessBlockConfiguration"))
                                    .hasSize(4)
                                    .allSatisfy(
                                            blocked -> assertThat(blocked.asBoolean()).isTrue());
                            assertThat(bucket.path("BucketEncryption").isObject()).isTrue();
                        });
        assertThat(
                        prod.resource("QuarantineBucket")
                                .at("/Properties/LifecycleConfiguration/Rules")
                                .findValuesAsText("ExpirationInDays"))
                .containsExactly("90", "8");
        assertThat(
                        prod.resource("ModelBucket")
                                .at("/Properties/LifecycleConfiguration/Rules")
                                .findValuesAsText("ExpirationInDays"))
                .isEmpty();
    }

    @Test
    void compactionRunsEveryHour() {
        JsonNode rule = dev.resource("CompactEveryHour").path("Properties");
        assertThat(rule.path("ScheduleExpression").asText()).isEqualTo("rate(1 hour)");
        assertThat(rule.at("/Targets/0/Arn/Fn::GetAtt/0").asText()).isEqualTo("Compact");
        assertThat(dev.ofType("AWS::Lambda::Permission").values())
                .anySatisfy(
                        permission -> {
                            assertThat(permission.path("Principal").asText())
                                    .isEqualTo("events.amazonaws.com");
                            assertThat(permission.at("/SourceArn/Fn::GetAtt/0").asText())
                                    .isEqualTo("CompactEveryHour");
                        });
    }

    @Test
    void aFailedCompactionIsNotRetriedByLambda() {
        assertThat(dev.ofType("AWS::Lambda::EventInvokeConfig").values())
                .filteredOn(config -> config.at("/FunctionName/Ref").asText().equals("Compact"))
                .singleElement()
                .satisfies(
                        config -> {
                            assertThat(config.path("Qualifier").asText()).isEqualTo("$LATEST");
                            assertThat(config.path("MaximumRetryAttempts").asInt(-1)).isZero();
                            assertThat(config.path("MaximumEventAgeInSeconds").asInt())
                                    .isEqualTo(60);
                        });
    }

    @Test
    void theOwnerLearnsWhereItIs() {
        assertThat(dev.template().path("Outputs").properties().stream().map(Map.Entry::getKey))
                .contains(
                        "ApiUrl",
                        "Stage",
                        "ModelId",
                        "EventsStreamName",
                        "ExamplesStreamName",
                        "ItemsTableName",
                        "UsersTableName",
                        "InteractionsTableName",
                        "ModelsTableName",
                        "KeysTableName",
                        "PublishablePlanId",
                        "SecretPlanId",
                        "UserTokensPlanId",
                        "InsightsPlanId",
                        "Audience",
                        "ModelBucketName",
                        "QuarantineBucketName",
                        "SecretArn");
    }

    /**
     * Returns each file's content, one character for one byte, without the file whose warnings name
     * a temporary folder of CDK.
     */
    private static Map<String, String> bytes(Path folder) throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(
                        folder.relativize(file).toString(),
                        Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(bytes.remove("Freshet.metadata.json")).isNotNull();
        return bytes;
    }
}
