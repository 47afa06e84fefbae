package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Athena;
import dev.freshet.infra.Rights.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What {@code lake=true} adds to a stack. */
class LakeTest {
    private static final String TABLES = "LakeBucket/tables/*";

    private final Synthesized lake = Synthesized.lake();
    private final List<Right> rights = Rights.of(lake);

    @Test
    void withoutTheOptionThereIsNoneOfIt() {
        assertThat(Synthesized.prod().template().toString())
                .doesNotContain("LakeBucket", "Firehose", "athena", "stateMachine", "glue:");
    }

    @Test
    void firehoseAppendsToArrivalsWhatOneVersionOfTheFunctionMakes() {
        JsonNode iceberg = lake.properties("LakeDelivery").path("IcebergDestinationConfiguration");
        lake.assertProperties(
                """
                LakeDelivery/DeliveryStreamType = KinesisStreamAsSource
                LakeDelivery/KinesisStreamSourceConfiguration/KinesisStreamARN = Events
                LakeDelivery/IcebergDestinationConfiguration/AppendOnly = true
                LakeDelivery/IcebergDestinationConfiguration/BufferingHints/IntervalInSeconds = 300
                LakeDelivery/IcebergDestinationConfiguration/RetryOptions/DurationInSeconds = 7200
                """);
        assertThat(iceberg.path("DestinationTableConfigurationList").toString())
                .isEqualTo(
                        "[{\"DestinationDatabaseName\":\"freshet_prod\",\"DestinationTableName\":\"arrivals\"}]");
        assertThat(iceberg.at("/S3Configuration/ErrorOutputPrefix").asText())
                .startsWith("errors/!{firehose:error-output-type}/");
        Map<String, String> processor = new TreeMap<>();
        iceberg.at("/ProcessingConfiguration/Processors/0/Parameters")
                .forEach(
                        parameter ->
                                processor.put(
                                        parameter.path("ParameterName").asText(),
                                        parameter.path("ParameterValue").isTextual()
                                                ? parameter.path("ParameterValue").asText()
                                                : parameter.path("ParameterValue").toString()));
        assertThat(processor)
                .containsEntry("BufferSizeInMBs", "1")
                .containsEntry("BufferIntervalInSeconds", "60");
        assertThat(processor.get("LambdaArn")).contains("FunctionsLakeFunctionCurrentVersion");
    }

    @Test
    void aNameOfAStackIsOneThatFirehoseTakesOfADatabase() {
        assertThat(Athena.databaseName("Freshet-Prod-2")).isEqualTo("freshet_prod_2");
        lake.assertProperties("LakeDatabase/DatabaseInput/Name = freshet_prod");
    }

    @Test
    void theFunctionIsWaitedForAsLongAsItMayWaitForAStore() {
        lake.assertProperties("Lake/Timeout = 300");
    }

    @Test
    void aQueryIsBoundedAndItsResultIsUnderTheKeyForADay() {
        JsonNode workgroup = lake.properties("LakeWorkgroup").path("WorkGroupConfiguration");

        assertThat(workgroup.path("EnforceWorkGroupConfiguration").asBoolean()).isTrue();
        assertThat(workgroup.path("BytesScannedCutoffPerQuery").asLong())
                .isEqualTo(100_000_000_000L);
        assertThat(workgroup.at("/ResultConfiguration/EncryptionConfiguration").toString())
                .contains("SSE_KMS", "\"Key\"");
        assertThat(expirations())
                .containsEntry("results/", 1)
                .containsEntry("errors/", 90)
                .containsEntry("staging/", 14)
                .containsEntry("catalogue/", 1);
        assertThat(expirations()).doesNotContainKey("tables/");
    }

    private Map<String, Integer> expirations() {
        return StreamSupport.stream(
                        lake.properties("LakeBucket")
                                .at("/LifecycleConfiguration/Rules")
                                .spliterator(),
                        false)
                .filter(rule -> rule.has("ExpirationInDays"))
                .collect(
                        Collectors.toMap(
                                rule -> rule.path("Prefix").asText(),
                                rule -> rule.path("ExpirationInDays").asInt()));
    }

    @Test
    void theTablesAreMadeByStatementsOfAthenaBeforeFirehoseWritesIntoThem() {
        JsonNode made = lake.properties("LakeTablesMade");
        List<String> statements = new ArrayList<>();
        made.path("Statements").forEach(statement -> statements.add(statement.toString()));

        assertThat(statements)
                .hasSizeGreaterThan(9)
                .allMatch(
                        sql ->
                                sql.contains("IF NOT EXISTS")
                                        || sql.contains("CREATE OR REPLACE VIEW"));
        assertThat(String.join("", statements))
                .contains(
                        "'vacuum_max_snapshot_age_seconds' = '86400'",
                        "'vacuum_max_metadata_files_to_keep' = '5'",
                        "'optimize_rewrite_delete_file_threshold' = '1'");
        assertThat(made.path("ServiceTimeout").isInt()).isTrue();
        TemplateGraph graph = new TemplateGraph(lake.template());
        assertThat(graph.before("LakeTablesMade")).contains("LakeDatabase", "LakeWorkgroup");
        assertThat(graph.before("LakeDelivery")).contains("LakeTablesMade");
    }

    @Test
    void whatReadsEventsForTheLakeIsDeployedBeforeWhatWritesThem() {
        TemplateGraph graph = new TemplateGraph(lake.template());

        for (String writer : List.of("Collect", "Profile", "Privacy")) {
            assertThat(graph.before(writer)).as(writer).contains("LakeDelivery", "Lake");
        }
    }

    @Test
    void inProdTheDataOutlivesTheStackAndInDevItDoesNot() {
        lake.assertProperties(
                """
                LakeDatabase/.DeletionPolicy = Retain
                LakeBucket/.DeletionPolicy = RetainExceptOnCreate
                LakeTablesMade/.DeletionPolicy = Delete
                """);
        Synthesized.with(Map.of("lake", "true"))
                .assertProperties(
                        """
                        LakeDatabase/.DeletionPolicy = Delete
                        LakeBucket/.DeletionPolicy = Delete
                        """);
    }

    @Test
    void theNightMayDeleteObjectsWithoutWhichVacuumDeletesNothing() {
        assertThat(actions("LakeNightRole", TABLES))
                .containsExactlyInAnyOrder(
                        """
                        s3:AbortMultipartUpload s3:DeleteObject s3:GetObject \
                        s3:ListMultipartUploadParts s3:PutObject"""
                                .split(" ", -1));
        String table = "arn:aws:glue:REGION:ACCOUNT:table/freshet_prod/interactions";
        assertThat(actions("LakeNightRole", table))
                .containsExactlyInAnyOrder("glue:GetDatabase", "glue:GetTable", "glue:UpdateTable");
    }

    @Test
    void firehoseWritesOneTableAndInvokesOneVersion() {
        assertThat(lake.rights("LakeDeliveryRole").keySet())
                .filteredOn(resource -> resource.matches(".*(table/|Lake:|tables/).*"))
                .containsExactlyInAnyOrder(
                        "Lake:VERSION",
                        "arn:aws:glue:REGION:ACCOUNT:table/freshet_prod/arrivals",
                        "LakeBucket/tables/arrivals/*");
    }

    @Test
    void theFunctionWritesNoStoreButRowsThatComeBack() {
        Set<String> actions =
                lake.rights("Lake").values().stream()
                        .flatMap(Set::stream)
                        .filter(action -> !action.startsWith("kms:") && !action.startsWith("logs:"))
                        .collect(Collectors.toSet());
        assertThat(actions)
                .containsExactlyInAnyOrder(
                        """
                        dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Scan s3:DeleteObject \
                        s3:GetObject s3:ListBucket s3:PutObject secretsmanager:GetSecretValue"""
                                .split(" ", -1));
        assertThat(actions("Lake", TABLES)).isEmpty();
    }

    @Test
    void whatUsesTheKeyUsesItThroughS3AndKinesisOnly() {
        assertThat(
                        rights.stream()
                                .filter(right -> right.holder().equals("LakeDeliveryRole"))
                                .filter(right -> right.resource().equals("Key"))
                                .map(Right::condition))
                .containsExactlyInAnyOrder(
                        "kms:ViaService = kinesis.REGION.amazonaws.com",
                        "kms:ViaService = s3.REGION.amazonaws.com");
    }

    private Set<String> actions(String holder, String resource) {
        return lake.rights(holder).getOrDefault(resource, Set.of());
    }

    @Test
    void eachNightSettlesTheLastDaysAndSundaysAllAndRewriteFiles() {
        assertThat(rule(lake, "LakeEachNight"))
                .isEqualTo(
                        "cron(10 2 ? * MON-SAT *) {\"days\":2,\"patience\":21600,\"purge\":false}");
        assertThat(rule(lake, "LakeEachWeek"))
                .isEqualTo("cron(10 2 ? * SUN *) {\"days\":14,\"patience\":21600,\"purge\":true}");
        assertThat(
                        rule(
                                Synthesized.with(Map.of("lake", "true", "lakePurge", "daily")),
                                "LakeEachNight"))
                .contains("\"purge\":true");
    }

    private static String rule(Synthesized stack, String id) {
        JsonNode rule = stack.properties(id);
        assertThat(rule.at("/Targets/0/RetryPolicy/MaximumRetryAttempts").asInt()).isEqualTo(2);
        return rule.path("ScheduleExpression").asText()
                + " "
                + rule.at("/Targets/0/Input").asText();
    }

    @Test
    void lateEventsThoseAstrayAndAFailedNightAreReported() {
        lake.assertProperties(
                """
                LakeLateAlarm/MetricName = DeliveryToIceberg.DataFreshness
                LakeRecordsAstrayAlarm/MetricName = LakeAstray
                LakeNightFailedAlarm/MetricName = ExecutionsFailed
                """);
        assertThat(Synthesized.dev().ofType("AWS::CloudWatch::Alarm").keySet())
                .noneMatch(id -> id.startsWith("Lake"));
    }

    @Test
    void theOutputsNameWhatTheCommandLineWorksOn() {
        String outputs =
                "LakeBucketName LakeDatabaseName LakeWorkgroupName LakeNightArn LakeDeliveryName";
        assertThat(outputs.split(" ", -1)).allMatch(lake::hasOutput);
    }
}
