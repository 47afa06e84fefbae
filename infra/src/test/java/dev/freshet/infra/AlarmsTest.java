package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    @Test
    void whoDeploysProdWithoutAnAddressIsWarned() throws Exception {
        assertThat(metadata(Synthesized.prod())).contains("Nobody receives the alarms");
        assertThat(metadata(Synthesized.with(Map.of("stage", "prod", "alarmEmail", "a@b.example"))))
                .doesNotContain("Nobody receives the alarms");
        assertThat(metadata(Synthesized.dev())).doesNotContain("Nobody receives the alarms");
    }

    private static String metadata(Synthesized stack) throws IOException {
        return Files.readString(stack.folder().resolve("Freshet.metadata.json"));
    }

    private final Synthesized all = Synthesized.watched();
    private final Map<String, JsonNode> alarms = all.ofType("AWS::CloudWatch::Alarm");

    @Test
    void theEssentialAlarmsAreTheDefaultAndCostAboutADollar() {
        for (Synthesized stack : List.of(Synthesized.dev(), Synthesized.prod())) {
            assertThat(stack.ofType("AWS::CloudWatch::Alarm").keySet())
                    .containsExactlyInAnyOrder(
                            "FeaturesBehindAlarm",
                            "TrainBehindAlarm",
                            "FeaturesBatchesLostAlarm",
                            "TrainBatchesLostAlarm",
                            "CompactErrorsAlarm",
                            "RetainErrorsAlarm",
                            "QuarantineFillingAlarm",
                            "ManyRefusedAlarm",
                            "AnswersDegradedAlarm",
                            "CollectShedsAlarm",
                            "ApiFailingAlarm");
        }
    }

    @Test
    void aFunctionThatCrashesOrIsThrottledIsReported() {
        for (String function : all.functions().keySet()) {
            assertThat(all.properties(function + "ThrottlesAlarm").path("MetricName").asText())
                    .isEqualTo("Throttles");
            if (function.equals("Authorize")) {
                continue;
            }
            assertThat(all.properties(function + "ErrorsAlarm").path("MetricName").asText())
                    .isEqualTo("Errors");
            assertThat(
                            all.properties(function + "ErrorsAlarm")
                                    .at("/Dimensions/0/Value/Ref")
                                    .asText())
                    .isEqualTo(function);
        }
    }

    @Test
    void refusedCredentialsAreNoErrorsButFailingChecksAreReported() {
        assertThat(alarms).doesNotContainKey("AuthorizeErrorsAlarm");
        assertThat(all.properties("CredentialChecksFailAlarm").path("MetricName").asText())
                .isEqualTo("CredentialChecksFailed");
        assertThat(all.properties("CredentialChecksFailAlarm").path("Threshold").asInt()).isZero();
        assertThat(all.properties("ManyRefusedAlarm").path("MetricName").asText())
                .isEqualTo("CredentialsRefused");
        assertThat(all.properties("ManyRefusedAlarm").path("Threshold").asInt()).isEqualTo(100);
    }

    @Test
    void aStreamThatWaitsIsReportedWithinMinutes() {
        for (String id : new String[] {"FeaturesBehindAlarm", "TrainBehindAlarm"}) {
            JsonNode alarm = all.properties(id);
            assertThat(alarm.path("MetricName").asText()).isEqualTo("IteratorAge");
            assertThat(alarm.path("Statistic").asText()).isEqualTo("Maximum");
            assertThat(alarm.path("Period").asInt() * alarm.path("EvaluationPeriods").asInt())
                    .isLessThanOrEqualTo(300);
            assertThat(alarm.path("Threshold").asInt()).isLessThanOrEqualTo(60_000);
        }
    }

    @Test
    void aStreamThatWaitsIsKeptLongerAtOnce() {
        for (String id : new String[] {"FeaturesBehindAlarm", "TrainBehindAlarm"}) {
            assertThat(all.properties(id).path("AlarmActions").toString()).contains("\"Retain\"");
            assertThat(Synthesized.decided().properties(id).path("AlarmActions").toString())
                    .doesNotContain("Retain");
        }
        assertThat(all.template().toString()).contains("lambda.alarms.cloudwatch.amazonaws.com");
    }

    @Test
    void theWriteFlowIsHeldTo200Milliseconds() {
        JsonNode alarm = all.properties("WriteFlowSlowAlarm");
        assertThat(alarm.path("Namespace").asText()).isEqualTo("Freshet");
        assertThat(alarm.path("MetricName").asText()).isEqualTo("WriteFlowDelayMs");
        assertThat(alarm.path("Threshold").asInt()).isEqualTo(200);
        assertThat(alarm.path("ExtendedStatistic").asText()).isEqualTo("p99");
    }

    @Test
    void quarantineIsReportedWhenItFillsAndAsLongAsItIsNotEmpty() {
        assertThat(all.properties("QuarantineFillingAlarm").path("MetricName").asText())
                .isEqualTo("Quarantined");
        JsonNode notEmpty = all.properties("QuarantineNotEmptyAlarm");
        assertThat(notEmpty.path("MetricName").asText()).isEqualTo("NumberOfObjects");
        assertThat(notEmpty.path("Dimensions").findValuesAsText("Ref"))
                .containsExactly("QuarantineBucket");
    }

    @Test
    void itemsAndEventsThatTheModelHasNoRoomForAreReported() {
        JsonNode alarm = all.properties("ModelFullAlarm");
        assertThat(alarm.path("MetricName").asText()).isEqualTo("BeyondBounds");
        assertThat(alarm.path("Statistic").asText()).isEqualTo("Sum");
        assertThat(alarm.path("Threshold").asInt()).isZero();
    }

    @Test
    void overloadAndStoresThatAreSlowAreReportedByTheirShares() {
        JsonNode sheds = all.properties("CollectShedsAlarm");
        assertThat(sheds.path("MetricName").asText()).isEqualTo("Shed");
        assertThat(sheds.path("Statistic").asText()).isEqualTo("Average");
        assertThat(sheds.path("Threshold").asDouble()).isEqualTo(0.01);
        JsonNode degraded = all.properties("AnswersDegradedAlarm");
        assertThat(degraded.path("MetricName").asText()).isEqualTo("Degraded");
        assertThat(degraded.path("Statistic").asText()).isEqualTo("Average");
        assertThat(all.properties("ReplicaOldAlarm").path("Threshold").asInt()).isEqualTo(60_000);
        assertThat(all.properties("StreamThrottlesAlarm").path("Namespace").asText())
                .isEqualTo("AWS/Kinesis");
    }

    @Test
    void everyAlarmReachesTheTopicAndSaysWhatToDo() {
        assertThat(alarms).hasSize(37);
        assertThat(alarms.values())
                .allSatisfy(
                        alarm -> {
                            assertThat(alarm.at("/AlarmActions/0/Ref").asText())
                                    .isEqualTo("AlarmTopic");
                            assertThat(alarm.path("AlarmDescription").asText()).endsWith(".");
                            assertThat(alarm.path("TreatMissingData").asText())
                                    .isEqualTo("notBreaching");
                        });
    }

    @Test
    void anAddressGivenIsSubscribed() {
        assertThat(Synthesized.dev().ofType("AWS::SNS::Subscription")).isEmpty();
        assertThat(Synthesized.decided().ofType("AWS::SNS::Subscription").values())
                .singleElement()
                .satisfies(
                        subscription ->
                                assertThat(subscription.path("Endpoint").asText())
                                        .isEqualTo("owner@site.example"));
    }

    @Test
    void theDashboardShowsBothFlows() {
        JsonNode board = Synthesized.dev().resource("Dashboard").at("/Properties/DashboardBody");
        assertThat(board.toString())
                .contains(
                        "WriteFlowDelayMs",
                        "IteratorAge",
                        "Latency",
                        "IncomingRecords",
                        "Throttles");
    }
}
