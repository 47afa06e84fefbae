package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

class FreshetStackTest {
    private static final List<String> STATE =
            List.of(
                    """
                    Interactions Exposures Outcomes Experiments Users Items Trends Models Keys
                    Events Examples ModelBucket QuarantineBucket Secret
                    """
                            .split("\\s+"));

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
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                FreshetApp.class.getName()));
        for (String input : List.of("functions.jar", "layer", "worker")) {
            command.add(whole.folder().resolveSibling(input).toString());
        }
        command.add(Synthesized.SITE.toString());
        command.add(whole.folder().resolveSibling("batch.jar").toString());
        command.add(again.toString());
        ProcessBuilder builder =
                new ProcessBuilder(command)
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
    void inProdWhoeverNamesNoPlacementsIsWarned() throws IOException {
        Synthesized named = Synthesized.with(Map.of("stage", "prod", "placements", "home"));

        for (Synthesized each : List.of(dev, prod, named)) {
            Path said = each.folder().resolve("Freshet.metadata.json");
            assertThat(Files.readString(said).contains("freshet:noPlacements"))
                    .isEqualTo(each.equals(prod));
        }
    }

    @Test
    void aConstructWithoutADefaultResourceIsNamed() {
        Construct empty = new Construct(new Stack(), "Empty");

        assertThatThrownBy(() -> FreshetStack.resource(empty, CfnElement.class))
                .isInstanceOf(NullPointerException.class)
                .hasMessageEndingWith("Empty has no default resource");
    }

    @Test
    void inDevResourcesWithStateHaveFixedLogicalIdsAndDoNotOutliveTheStack() {
        STATE.forEach(id -> dev.assertProperties(id + "/.DeletionPolicy = Delete"));
    }

    /**
     * What costs money while it is empty is deleted with a stack whose first deployment fails.
     * Tables, which cost nothing then, could not be: they are protected from deletion.
     */
    @Test
    void inProdStateOutlivesTheStackAndTablesAreGuarded() {
        Set<String> tables = prod.ofType("AWS::DynamoDB::GlobalTable").keySet();
        assertThat(tables).hasSize(9);
        for (String id : STATE) {
            prod.assertProperties(
                    "%s/.DeletionPolicy = %s"
                            .formatted(
                                    id, tables.contains(id) ? "Retain" : "RetainExceptOnCreate"));
            prod.assertProperties(id + "/.UpdateReplacePolicy = Retain");
        }
        String recovery = "PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled";
        for (String table : tables) {
            prod.assertProperties(
                    """
                    %1$s/Replicas/0/DeletionProtectionEnabled = true
                    %1$s/Replicas/0/%2$s = true
                    """
                            .formatted(table, recovery));
        }
    }

    @Test
    void tablesHaveTheKeysThatTheAdaptersUse() {
        List<String> keys = new ArrayList<>();
        dev.ofType("AWS::DynamoDB::GlobalTable")
                .forEach(
                        (id, table) -> {
                            List<String> words = new ArrayList<>(List.of(id));
                            words.addAll(table.findValuesAsText("AttributeType"));
                            words.addAll(table.path("KeySchema").findValuesAsText("AttributeName"));
                            keys.add(String.join(" ", words));
                        });
        assertThat(keys)
                .containsExactlyInAnyOrder(
                        """
                        Interactions S S userId eventKey
                        Exposures S S userId listKey
                        Outcomes S S scope dayKey
                        Experiments S experimentId
                        Users S userId
                        Items S itemId
                        Trends S N scope windowStart
                        Models S N modelId version
                        Keys S keyId\
                        """
                                .split("\n", -1));
    }

    @Test
    void everyTableForgetsAndCostsNothingIdle() {
        for (String table : dev.ofType("AWS::DynamoDB::GlobalTable").keySet()) {
            dev.assertProperties(
                    """
                    %1$s/TimeToLiveSpecification/AttributeName = expiresAt
                    %1$s/TimeToLiveSpecification/Enabled = true
                    %1$s/BillingMode = PAY_PER_REQUEST
                    """
                            .formatted(table));
        }
    }

    @Test
    void noDeploymentShortensTheRetentionAndAFunctionLooksEveryHourHowLongItHasToBe() {
        for (Synthesized stack : List.of(prod, Synthesized.decided(), Synthesized.prodWorker())) {
            stack.assertProperties(
                    """
                    Events/RetentionPeriodHours = 168
                    Examples/RetentionPeriodHours = 168
                    RetainEveryHour/ScheduleExpression = rate(1 hour)
                    RetainEveryHour/Targets/0/Arn = Retain
                    """);
        }
        prod.assertProperties("Retain/Environment/Variables/FRESHET_STREAM_RETENTION = day");
        Synthesized.decided()
                .assertProperties("Retain/Environment/Variables/FRESHET_STREAM_RETENTION = week");
    }

    @Test
    void shardsScaleThemselvesEveryMinuteOnlyWhereTheOptionSaysSo() {
        Synthesized.with(Map.of("stage", "prod", "eventShards", "2", "eventShardsMax", "8"))
                .assertProperties(
                        """
                        ScaleEveryMinute/ScheduleExpression = rate(1 minute)
                        ScaleEveryMinute/Targets/0/Arn = Scale
                        Scale/Environment/Variables/FRESHET_EVENT_SHARDS = 2
                        Scale/Environment/Variables/FRESHET_EVENT_SHARDS_MAX = 8
                        """);
        assertThat(prod.functions()).doesNotContainKey("Scale");
    }

    @Test
    void streamsAreEncryptedAndExamplesHasOneShard() {
        Synthesized threeShards = Synthesized.decided();
        assertThat(threeShards.ofType("AWS::Kinesis::Stream")).hasSize(2);
        threeShards.assertProperties(
                """
                Events/StreamEncryption/EncryptionType = KMS
                Events/StreamModeDetails/StreamMode = PROVISIONED
                Events/ShardCount = 3
                Examples/StreamEncryption/EncryptionType = KMS
                Examples/StreamModeDetails/StreamMode = PROVISIONED
                Examples/ShardCount = 1
                """);
    }

    @Test
    void bucketsAreClosedAndQuarantineForgets() {
        Map<String, JsonNode> buckets = dev.ofType("AWS::S3::Bucket");
        assertThat(buckets.values())
                .hasSize(2)
                .allMatch(bucket -> bucket.path("BucketEncryption").isObject())
                .allSatisfy(Synthesized::assertClosed);
        assertThat(expirations("QuarantineBucket")).containsExactly("90", "8");
        assertThat(expirations("ModelBucket")).isEmpty();
    }

    /**
     * What compaction removes has no versions left, so nothing of an erased user waits for them.
     */
    @Test
    void inProdTheModelBucketKeepsVersionsForAWeekAndCompactionMayRemoveThem() {
        assertThat(prod.properties("ModelBucket").at("/VersioningConfiguration/Status").asText())
                .isEqualTo("Enabled");
        JsonNode rules = prod.properties("ModelBucket").at("/LifecycleConfiguration/Rules");
        assertThat(rules.findValuesAsText("NoncurrentDays")).containsExactly("7");
        assertThat(rules.findValuesAsText("ExpiredObjectDeleteMarker")).containsExactly("true");
        prod.assertProperties("Compact/Environment/Variables/FRESHET_PROTECTION = true");
        assertThat(dev.properties("ModelBucket").has("VersioningConfiguration")).isFalse();
        assertThat(prod.properties("QuarantineBucket").has("VersioningConfiguration"))
                .as("what is erased from quarantine is gone at once")
                .isFalse();
    }

    @Test
    void aSecretOfItsOwnerIsUsedInPlaceOfANewOne() {
        String arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:copy-aB3dE6";
        String ids = arn.replace("copy", "ids");
        Synthesized own =
                Synthesized.with(
                        Map.of(
                                "stage",
                                "prod",
                                "secretArn",
                                arn,
                                "pseudonymiseIds",
                                "true",
                                "idSecretArn",
                                ids));
        assertThat(own.ofType("AWS::SecretsManager::Secret")).isEmpty();
        assertThat(own.template().at("/Outputs/SecretArn/Value").asText()).isEqualTo(arn);
        own.assertProperties("Collect/Environment/Variables/FRESHET_SECRET_ARN = " + arn);
        own.assertProperties("Collect/Environment/Variables/FRESHET_ID_SECRET_ARN = " + ids);
        for (String read : List.of(arn, ids)) {
            assertThat(own.ofType("AWS::IAM::Policy").values())
                    .filteredOn(policy -> policy.toString().contains(read))
                    .isNotEmpty()
                    .allSatisfy(
                            policy ->
                                    assertThat(policy.toString())
                                            .as("may decrypt a secret under the stack's key")
                                            .contains("\"secretsmanager.\""));
        }
    }

    private List<String> expirations(String bucket) {
        return prod.properties(bucket)
                .at("/LifecycleConfiguration/Rules")
                .findValuesAsText("ExpirationInDays");
    }

    @Test
    void compactionRunsEveryHour() {
        dev.assertProperties(
                """
                CompactEveryHour/ScheduleExpression = rate(1 hour)
                CompactEveryHour/Targets/0/Arn = CompactLive
                """);
    }

    @Test
    void aFailedCompactionIsNotRetriedByLambda() {
        assertThat(dev.ofType("AWS::Lambda::EventInvokeConfig").values())
                .filteredOn(config -> config.at("/FunctionName/Ref").asText().equals("Compact"))
                .extracting(
                        config -> config.at("/Qualifier/Fn::Select/1/Fn::Split/1/Ref").asText(),
                        config -> config.path("MaximumRetryAttempts").asInt(-1),
                        config -> config.path("MaximumEventAgeInSeconds").asInt())
                .containsExactly(tuple("CompactLive", 0, 60));
    }

    @Test
    void theOwnerLearnsWhereItIs() {
        String outputs =
                """
                ApiUrl Stage ModelId EventsStreamName ExamplesStreamName ItemsTableName UsersTableName
                InteractionsTableName ModelsTableName KeysTableName PublishablePlanId SecretPlanId
                UserTokensPlanId InsightsPlanId Audience ModelBucketName QuarantineBucketName SecretArn
                ExposuresTableName OutcomesTableName TrendsTableName ExperimentsTableName
                """;
        assertThat(outputs.split("\\s+")).hasSize(22).allMatch(dev::hasOutput);
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
