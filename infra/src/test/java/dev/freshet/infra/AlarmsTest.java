package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
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

    private final Synthesized dev = Synthesized.dev();
    private final Map<String, JsonNode> alarms = dev.ofType("AWS::CloudWatch::Alarm");

    @Test
    void aFunctionThatCrashesOrIsThrottledIsReported() {
        for (String function : Synthesized.dev().functions().keySet()) {
            assertThat(dev.properties(function + "ThrottlesAlarm").path("MetricName").asText())
                    .isEqualTo("Throttles");
            if (function.equals("Authorize")) {
                continue;
            }
            assertThat(dev.properties(function + "ErrorsAlarm").path("MetricName").asText())
                    .isEqualTo("Errors");
            assertThat(
                            dev.properties(function + "ErrorsAlarm")
                                    .at("/Dimensions/0/Value/Ref")
                                    .asText())
                    .isEqualTo(function);
        }
    }

    @Test
    void refusedCredentialsAreNoErrorsButFailingChecksAreReported() {
        assertThat(alarms).doesNotContainKey("AuthorizeErrorsAlarm");
        assertThat(dev.properties("CredentialChecksFailAlarm").path("MetricName").asText())
                .isEqualTo("CredentialChecksFailed");
        assertThat(dev.properties("CredentialChecksFailAlarm").path("Threshold").asInt()).isZero();
        assertThat(dev.properties("ManyRefusedAlarm").path("MetricName").asText())
                .isEqualTo("CredentialsRefused");
        assertThat(dev.properties("ManyRefusedAlarm").path("Threshold").asInt()).isEqualTo(100);
    }

    @Test
    void aStreamThatWaitsIsReportedWithinMinutes() {
        for (String id : new String[] {"FeaturesBehindAlarm", "TrainBehindAlarm"}) {
            JsonNode alarm = dev.properties(id);
            assertThat(alarm.path("MetricName").asText()).isEqualTo("IteratorAge");
            assertThat(alarm.path("Statistic").asText()).isEqualTo("Maximum");
            assertThat(alarm.path("Period").asInt() * alarm.path("EvaluationPeriods").asInt())
                    .isLessThanOrEqualTo(300);
            assertThat(alarm.path("Threshold").asInt()).isLessThanOrEqualTo(60_000);
        }
    }

    @Test
    void theWriteFlowIsHeldTo200Milliseconds() {
        JsonNode alarm = dev.properties("WriteFlowSlowAlarm");
        assertThat(alarm.path("Namespace").asText()).isEqualTo("Freshet");
        assertThat(alarm.path("MetricName").asText()).isEqualTo("WriteFlowDelayMs");
        assertThat(alarm.path("Threshold").asInt()).isEqualTo(200);
        assertThat(alarm.path("ExtendedStatistic").asText()).isEqualTo("p99");
    }

    @Test
    void quarantineIsReportedWhenItFillsAndAsLongAsItIsNotEmpty() {
        assertThat(dev.properties("QuarantineFillingAlarm").path("MetricName").asText())
                .isEqualTo("Quarantined");
        JsonNode notEmpty = dev.properties("QuarantineNotEmptyAlarm");
        assertThat(notEmpty.path("MetricName").asText()).isEqualTo("NumberOfObjects");
        assertThat(notEmpty.path("Dimensions").findValuesAsText("Ref"))
                .containsExactly("QuarantineBucket");
    }

    @Test
    void itemsAndEventsThatTheModelHasNoRoomForAreReported() {
        JsonNode alarm = dev.properties("ModelFullAlarm");
        assertThat(alarm.path("MetricName").asText()).isEqualTo("BeyondBounds");
        assertThat(alarm.path("Statistic").asText()).isEqualTo("Sum");
        assertThat(alarm.path("Threshold").asInt()).isZero();
    }

    @Test
    void overloadAndStoresThatAreSlowAreReportedByTheirShares() {
        JsonNode sheds = dev.properties("CollectShedsAlarm");
        assertThat(sheds.path("MetricName").asText()).isEqualTo("Shed");
        assertThat(sheds.path("Statistic").asText()).isEqualTo("Average");
        assertThat(sheds.path("Threshold").asDouble()).isEqualTo(0.01);
        JsonNode degraded = dev.properties("AnswersDegradedAlarm");
        assertThat(degraded.path("MetricName").asText()).isEqualTo("Degraded");
        assertThat(degraded.path("Statistic").asText()).isEqualTo("Average");
        assertThat(dev.properties("ReplicaOldAlarm").path("Threshold").asInt()).isEqualTo(60_000);
        assertThat(dev.properties("StreamThrottlesAlarm").path("Namespace").asText())
                .isEqualTo("AWS/Kinesis");
    }

    @Test
    void everyAlarmReachesTheTopicAndSaysWhatToDo() {
        assertThat(alarms).hasSize(35);
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
