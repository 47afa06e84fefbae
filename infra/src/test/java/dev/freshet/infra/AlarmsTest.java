package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void theEssentialAlarmsAreTheDefault() {
        for (Synthesized stack : List.of(Synthesized.dev(), Synthesized.prod())) {
            assertThat(new TreeSet<>(stack.ofType("AWS::CloudWatch::Alarm").keySet()))
                    .hasToString(
                            """
                            [AnswersDegradedAlarm, ApiFailingAlarm, CollectShedsAlarm, \
                            CompactErrorsAlarm, FeaturesBatchesLostAlarm, FeaturesBehindAlarm, \
                            FeaturesStoppedAlarm, FreshnessSlowAlarm, ManyRefusedAlarm, \
                            QuarantineFillingAlarm, RetainErrorsAlarm, TrainBatchesLostAlarm, \
                            TrainBehindAlarm, TrainStoppedAlarm]""");
        }
    }

    @Test
    void aFunctionThatCrashesOrIsThrottledIsReported() {
        for (String function : all.functions().keySet()) {
            String lines = "%1$sThrottlesAlarm/MetricName = Throttles\n";
            if (!function.equals("Authorize")) {
                lines +=
                        """
                        %1$sErrorsAlarm/MetricName = Errors
                        %1$sErrorsAlarm/Dimensions/0/Value = %1$s
                        """;
            }
            all.assertProperties(lines.formatted(function));
        }
    }

    @Test
    void refusedCredentialsAreNoErrorsButFailingChecksAreReported() {
        assertThat(alarms).doesNotContainKey("AuthorizeErrorsAlarm");
        all.assertProperties(
                """
                CredentialChecksFailAlarm/MetricName = CredentialChecksFailed
                CredentialChecksFailAlarm/Threshold = 0
                ManyRefusedAlarm/MetricName = CredentialsRefused
                ManyRefusedAlarm/Threshold = 100
                """);
    }

    @Test
    void aStreamThatWaitsIsReportedWithinMinutesAndKeptLongerAtOnce() {
        for (String id : List.of("FeaturesBehindAlarm", "TrainBehindAlarm")) {
            JsonNode alarm = all.properties(id);
            all.assertProperties(
                    "%1$s/MetricName = IteratorAge\n%1$s/Statistic = Maximum".formatted(id));
            assertThat(alarm.path("Period").asInt() * alarm.path("EvaluationPeriods").asInt())
                    .isLessThanOrEqualTo(300);
            assertThat(alarm.path("Threshold").asInt()).isLessThanOrEqualTo(60_000);
            assertThat(alarm.path("AlarmActions").toString()).contains("\"Retain\"");
        }
        assertThat(all.template().toString()).contains("lambda.alarms.cloudwatch.amazonaws.com");
    }

    /** Of a mapping that stopped, {@code IteratorAge} says nothing. */
    @ParameterizedTest
    @CsvSource({"Features, Events", "Train, Examples"})
    void aMappingThatStoppedIsReportedAndItsStreamKeptLonger(String function, String stream) {
        JsonNode alarm = all.properties(function + "StoppedAlarm");
        assertThat(alarm.path("Metrics").findValuesAsText("Expression"))
                .containsExactly("IF(records > 0 AND FILL(invocations, 0) == 0, 1, 0)");
        assertThat(alarm.path("Metrics").findValuesAsText("MetricName"))
                .containsExactlyInAnyOrder("IncomingRecords", "Invocations");
        assertThat(alarm.path("Metrics").findValuesAsText("Ref"))
                .containsExactlyInAnyOrder(function, stream);
        assertThat(alarm.path("Metrics").findValuesAsText("Period")).containsOnly("300");
        assertThat(alarm.path("AlarmActions").toString()).contains("\"Retain\"");
        all.assertProperties(
                """
                %1$sStoppedAlarm/EvaluationPeriods = 2
                %1$sStoppedAlarm/DatapointsToAlarm = 2
                %1$sStoppedAlarm/TreatMissingData = notBreaching
                """
                        .formatted(function));
    }

    @Test
    void slownessOverloadAndWhatIsLeftOutAreReported() {
        all.assertProperties(
                """
                WriteFlowSlowAlarm/Namespace = Freshet
                WriteFlowSlowAlarm/MetricName = WriteFlowDelayMs
                WriteFlowSlowAlarm/Threshold = 200
                WriteFlowSlowAlarm/ExtendedStatistic = p99
                QuarantineFillingAlarm/MetricName = Quarantined
                QuarantineNotEmptyAlarm/MetricName = NumberOfObjects
                QuarantineNotEmptyAlarm/Dimensions/0/Value = QuarantineBucket
                ModelFullAlarm/MetricName = BeyondBounds
                ModelFullAlarm/Statistic = Sum
                ModelFullAlarm/Threshold = 0
                CollectShedsAlarm/MetricName = Shed
                CollectShedsAlarm/Statistic = Average
                CollectShedsAlarm/Threshold = 0.01
                AnswersDegradedAlarm/MetricName = Degraded
                AnswersDegradedAlarm/Statistic = Average
                ReplicaOldAlarm/Threshold = 60000
                StreamThrottlesAlarm/Namespace = AWS/Kinesis
                """);
    }

    @Test
    void everyAlarmReachesTheTopicAndSaysWhatToDo() {
        assertThat(alarms).hasSize(40);
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
                .extracting(subscription -> subscription.path("Endpoint").asText())
                .containsExactly("owner@site.example");
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
