package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.athena.Athena;
import dev.freshet.infra.Rights.Right;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
        JsonNode stream = lake.properties("LakeDelivery");
        JsonNode iceberg = stream.path("IcebergDestinationConfiguration");

        assertThat(stream.path("DeliveryStreamType").asText()).isEqualTo("KinesisStreamAsSource");
        assertThat(stream.at("/KinesisStreamSourceConfiguration/KinesisStreamARN").toString())
                .contains("\"Events\"");
        assertThat(iceberg.path("AppendOnly").asBoolean()).isTrue();
        assertThat(iceberg.path("DestinationTableConfigurationList"))
                .singleElement()
                .satisfies(
                        table -> {
                            assertThat(table.path("DestinationDatabaseName").asText())
                                    .isEqualTo("freshet_prod");
                            assertThat(table.path("DestinationTableName").asText())
                                    .isEqualTo("arrivals");
                            assertThat(table.has("UniqueKeys")).isFalse();
                        });
        assertThat(iceberg.at("/BufferingHints/IntervalInSeconds").asInt()).isBetween(60, 900);
        assertThat(iceberg.at("/RetryOptions/DurationInSeconds").asInt()).isEqualTo(7_200);
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
    void theFunctionIsWaitedForAsLongAsItMayWaitForAStore() {
        assertThat(lake.properties("Lake").path("Timeout").asInt()).isEqualTo(300);
    }

    @Test
    void aNameOfAStackIsOneThatFirehoseTakesOfADatabase() {
        assertThat(Athena.databaseName("Freshet-Prod-2")).isEqualTo("freshet_prod_2");
        assertThat(lake.properties("LakeDatabase").at("/DatabaseInput/Name").asText())
                .isEqualTo("freshet_prod");
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
        Synthesized dev = Synthesized.with(Map.of("lake", "true"));

        assertThat(lake.resource("LakeDatabase").path("DeletionPolicy").asText())
                .isEqualTo("Retain");
        assertThat(lake.resource("LakeBucket").path("DeletionPolicy").asText())
                .isEqualTo("RetainExceptOnCreate");
        assertThat(dev.resource("LakeDatabase").path("DeletionPolicy").asText())
                .isEqualTo("Delete");
        assertThat(dev.resource("LakeBucket").path("DeletionPolicy").asText()).isEqualTo("Delete");
        assertThat(lake.resource("LakeTablesMade").path("DeletionPolicy").asText())
                .isEqualTo("Delete");
    }

    @Test
    void theNightMayDeleteObjectsWithoutWhichVacuumDeletesNothing() {
        assertThat(actions("LakeNightRole", TABLES))
                .containsExactlyInAnyOrder(
                        "s3:AbortMultipartUpload",
                        "s3:DeleteObject",
                        "s3:GetObject",
                        "s3:ListMultipartUploadParts",
                        "s3:PutObject");
        assertThat(
                        actions(
                                "LakeNightRole",
                                "arn:aws:glue:REGION:ACCOUNT:table/freshet_prod/interactions"))
                .containsExactlyInAnyOrder("glue:GetDatabase", "glue:GetTable", "glue:UpdateTable");
    }

    @Test
    void firehoseWritesOneTableAndInvokesOneVersion() {
        assertThat(
                        rights.stream()
                                .filter(right -> right.holder().equals("LakeDeliveryRole"))
                                .map(Right::resource)
                                .filter(
                                        resource ->
                                                resource.contains("table/")
                                                        || resource.contains("Lake:")
                                                        || resource.contains("tables/"))
                                .distinct())
                .containsExactlyInAnyOrder(
                        "Lake:VERSION",
                        "arn:aws:glue:REGION:ACCOUNT:table/freshet_prod/arrivals",
                        "LakeBucket/tables/arrivals/*");
    }

    @Test
    void theFunctionWritesNoStoreButRowsThatComeBack() {
        Set<String> actions =
                rights.stream()
                        .filter(right -> right.holder().equals("Lake"))
                        .flatMap(right -> right.actions().stream())
                        .filter(action -> !action.startsWith("kms:") && !action.startsWith("logs:"))
                        .collect(Collectors.toSet());

        assertThat(actions)
                .containsExactlyInAnyOrder(
                        "dynamodb:BatchGetItem",
                        "dynamodb:GetItem",
                        "dynamodb:Scan",
                        "s3:DeleteObject",
                        "s3:GetObject",
                        "s3:ListBucket",
                        "s3:PutObject",
                        "secretsmanager:GetSecretValue");
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
        return rights.stream()
                .filter(right -> right.holder().equals(holder))
                .filter(right -> right.resource().equals(resource))
                .flatMap(right -> right.actions().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
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
        assertThat(lake.properties("LakeLateAlarm").path("MetricName").asText())
                .isEqualTo("DeliveryToIceberg.DataFreshness");
        assertThat(lake.properties("LakeRecordsAstrayAlarm").path("MetricName").asText())
                .isEqualTo("LakeAstray");
        assertThat(lake.properties("LakeNightFailedAlarm").path("MetricName").asText())
                .isEqualTo("ExecutionsFailed");
        assertThat(Synthesized.dev().ofType("AWS::CloudWatch::Alarm").keySet())
                .noneMatch(id -> id.startsWith("Lake"));
    }

    @Test
    void theOutputsNameWhatTheCommandLineWorksOn() {
        for (String output :
                List.of(
                        "LakeBucketName",
                        "LakeDatabaseName",
                        "LakeWorkgroupName",
                        "LakeNightArn",
                        "LakeDeliveryName")) {
            assertThat(lake.template().path("Outputs").has(output)).as(output).isTrue();
        }
    }
}
