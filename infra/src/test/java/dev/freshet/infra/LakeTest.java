package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Athena;
import dev.freshet.lake.TableDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What {@code lake=true} adds to a stack. */
class LakeTest {
    private final Synthesized lake = Synthesized.lake();

    @Test
    void withoutTheOptionThereIsNoneOfIt() {
        assertThat(Synthesized.prod().template().toString())
                .doesNotContain("LakeBucket", "Firehose", "athena", "stateMachine", "glue:");
    }

    @Test
    void firehoseAppendsToArrivalsWhatTheAliasOfTheFunctionMakes() {
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
        assertThat(iceberg.at("/ProcessingConfiguration/Processors/0/Parameters").toString())
                .contains(
                        "{\"ParameterName\":\"BufferSizeInMBs\",\"ParameterValue\":\"1\"}",
                        "{\"ParameterName\":\"BufferIntervalInSeconds\",\"ParameterValue\":\"60\"}")
                .containsPattern("LambdaArn[^}]*LakeLive");
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
        JsonNode night = lake.properties("LakeNightWorkgroup").path("WorkGroupConfiguration");
        assertThat(night.path("EnforceWorkGroupConfiguration").asBoolean()).isTrue();
        assertThat(night.path("BytesScannedCutoffPerQuery").asLong())
                .isEqualTo(LakeStorage.NIGHT_SCAN_BYTES);
        assertThat(night.path("ResultConfiguration"))
                .isEqualTo(workgroup.path("ResultConfiguration"));
        assertThat(lake.properties("LakeBucket").at("/LifecycleConfiguration/Rules"))
                .filteredOn(rule -> rule.has("ExpirationInDays"))
                .extracting(
                        rule -> rule.path("Prefix").asText(),
                        rule -> rule.path("ExpirationInDays").asInt())
                .contains(
                        tuple("results/", 1),
                        tuple("errors/", 90),
                        tuple("staging/", 14),
                        tuple("catalogue/", 1))
                .extracting(expiring -> expiring.toList().getFirst())
                .doesNotContain("tables/");
    }

    @Test
    void theTablesAreMadeByStatementsOfAthenaBeforeFirehoseWritesIntoThem() {
        JsonNode made = lake.properties("LakeTablesMade");
        assertThat(made.path("Statements"))
                .hasSizeGreaterThan(9)
                .extracting(JsonNode::toString)
                .allMatch(
                        sql ->
                                sql.contains("IF NOT EXISTS")
                                        || sql.contains("CREATE OR REPLACE VIEW"));
        assertThat(made.path("Statements").toString())
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
                LakeDatabase/.DeletionPolicy = RetainExceptOnCreate
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
    void eachNightSettlesTheLastDaysAndSundaysAllAndRewriteFiles() {
        assertThat(rule(lake, "LakeEachNight"))
                .isEqualTo(
                        "cron(10 2 ? * MON-SAT *) {\"days\":2,\"patience\":21600,\"purge\":false}");
        assertThat(rule(lake, "LakeEachWeek"))
                .isEqualTo("cron(10 2 ? * SUN *) {\"days\":14,\"patience\":21600,\"purge\":true}");
    }

    @Test
    void theNightPurgesAndLeavesOutRowsOfFewPeopleAsTheOptionsSay() {
        Synthesized stack =
                Synthesized.with(Map.of("lake", "true", "lakePurge", "daily", "kAnonymity", "7"));

        assertThat(rule(stack, "LakeEachNight")).contains("\"purge\":true");
        assertThat(stack.properties("LakeNight").path("DefinitionString").asText())
                .contains("person) >= 7")
                .doesNotContain("person) >= 3");
    }

    private static String rule(Synthesized stack, String id) {
        JsonNode rule = stack.properties(id);
        assertThat(rule.at("/Targets/0/RetryPolicy/MaximumRetryAttempts").asInt()).isEqualTo(2);
        return rule.path("ScheduleExpression").asText()
                + " "
                + rule.at("/Targets/0/Input").asText();
    }

    /**
     * What a release defines is one file, which its build writes with {@code -Dfreshet.update=true}
     * where it is missing; later builds only read it.
     */
    @Test
    void theTablesOfRelease01CanGainWhatThisReleaseDefines() throws IOException {
        Map<String, TableDefinition> now = new TreeMap<>();
        List<String> statements = new ArrayList<>();
        for (JsonNode each : lake.properties("LakeTablesMade").path("Statements")) {
            String statement = each.isTextual() ? each.asText() : joined(each);
            TableDefinition.of(statement)
                    .ifPresent(
                            table -> {
                                now.put(table.name(), table);
                                statements.add(statement + ";\n");
                            });
        }
        Path file =
                Path.of(
                        "../functions/handlers/src/test/resources/dev/freshet/functions/lake-tables-0.1.sql");
        if (Boolean.getBoolean("freshet.update") && Files.notExists(file)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.join("", statements));
        }
        assertThat(now).hasSizeGreaterThan(7);
        for (String statement : Files.readString(file).split(";\n", 0)) {
            TableDefinition then = TableDefinition.of(statement).orElseThrow();
            TableDefinition table = Objects.requireNonNull(now.get(then.name()), then.name());
            assertThat(table.additions(then.columns()).orElse("ADD COLUMNS"))
                    .contains("ADD COLUMNS");
        }
        assertThat(now.values()).allSatisfy(table -> assertThat(table.columns()).isNotEmpty());
    }

    private static String joined(JsonNode join) {
        StringBuilder text = new StringBuilder();
        join.at("/Fn::Join/1").forEach(part -> text.append(Synthesized.text(part)));
        return text.toString();
    }

    @Test
    void lateEventsThoseAstrayAndAFailedNightAreReported() {
        lake.assertProperties(
                """
                LakeLateAlarm/MetricName = DeliveryToIceberg.DataFreshness
                LakeRecordsAstrayAlarm/MetricName = LakeAstray
                LakeNightFailedAlarm/MetricName = ExecutionsFailed
                LakeNightTimedOutAlarm/MetricName = ExecutionsTimedOut
                LakeNightMissingAlarm/TreatMissingData = breaching
                LakeNightMissingAlarm/EvaluationPeriods = 36
                """);
        assertThat(lake.properties("LakeLateAlarm").path("AlarmActions").toString())
                .contains("\"Retain\"");
        lake.assertProperties("Retain/Environment/Variables/FRESHET_LAKE_DELIVERY = LakeDelivery");
        JsonNode missing = lake.properties("LakeNightMissingAlarm").path("Metrics");
        assertThat(missing.findValuesAsText("Expression"))
                .containsExactly("IF(succeeded > 0, 0, 1)");
        assertThat(missing.findValuesAsText("MetricName")).containsExactly("ExecutionsSucceeded");
        assertThat(missing.findValuesAsText("Period")).containsExactly("3600");
        int longestNight =
                StateMachineRun.parsed(
                                lake.properties("LakeNight").path("DefinitionString").asText())
                        .path("TimeoutSeconds")
                        .asInt();
        assertThat(36 * 3_600).isGreaterThanOrEqualTo(24 * 3_600 + longestNight);
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
