package dev.freshet.infra;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** Options that add alarms. */
    private static final Map<String, Object> WITH_OPTIONS =
            Map.of(
                    "alarms", "all",
                    "lake", "true",
                    "batch", "true",
                    "bulk", "true",
                    "canary", "true",
                    "eventShardsMax", "8");

    /** Returns the alarms that notify somebody; others are parts of one. */
    private static Map<String, JsonNode> notifying(Synthesized stack) {
        Map<String, JsonNode> found = new TreeMap<>(stack.ofType("AWS::CloudWatch::Alarm"));
        found.putAll(stack.ofType("AWS::CloudWatch::CompositeAlarm"));
        found.values().removeIf(alarm -> alarm.path("AlarmActions").isEmpty());
        return found;
    }

    @Test
    void theEssentialAlarmsAreTheDefault() {
        for (Synthesized stack : List.of(Synthesized.dev(), Synthesized.prod())) {
            assertThat(new TreeSet<>(notifying(stack).keySet()))
                    .hasToString(
                            """
                            [AnswersDegradedAlarm, ApiFailingAlarm, CollectShedsAlarm, \
                            CompactDroppedAlarm, CompactErrorsAlarm, CompactMissing, \
                            FeaturesBatchesLostAlarm, FeaturesBehindAlarm, FeaturesStopped, \
                            FeaturesThrottlesAlarm, FreshnessSlowAlarm, ManyRefusedAlarm, \
                            QuarantineFillingAlarm, RetainDroppedAlarm, RetainErrorsAlarm, \
                            SiteDown, TrainBatchesLostAlarm, TrainBehindAlarm, TrainStopped, \
                            TrainThrottlesAlarm]""");
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
        assertThat(names(all.properties(function + "Stopped").path("AlarmRule")))
                .containsExactly(function + "StoppedComesAlarm", function + "StoppedIdleAlarm");
        assertThat(all.properties(function + "Stopped").path("AlarmActions").toString())
                .contains("\"Retain\"");
        assertThat(all.template().toString()).doesNotContain("FILL");
        all.assertProperties(
                """
                %1$sStoppedComesAlarm/MetricName = IncomingRecords
                %1$sStoppedComesAlarm/Dimensions/0/Value = %2$s
                %1$sStoppedComesAlarm/AlarmActions =
                %1$sStoppedIdleAlarm/MetricName = Invocations
                %1$sStoppedIdleAlarm/Dimensions/0/Value = %1$s
                %1$sStoppedIdleAlarm/AlarmActions =
                """
                        .formatted(function, stream));
    }

    /** Minutes of a metric; one without a value is not there. */
    private static Map<Integer, Double> minutes(int from, int until, int every) {
        return IntStream.range(from, until)
                .filter(minute -> (minute - from) % every == 0)
                .boxed()
                .collect(Collectors.toMap(Function.identity(), minute -> 1.0));
    }

    /** Returns whether an alarm on a sum sounds at the end of a minute, as CloudWatch decides. */
    private boolean sounds(String id, Map<Integer, Double> values, int now) {
        JsonNode alarm = all.properties(id);
        int period = alarm.path("Period").asInt() / 60;
        double threshold = alarm.path("Threshold").asDouble();
        int beyond = 0;
        for (int i = 0; i < alarm.path("EvaluationPeriods").asInt(); i++) {
            int end = now + 1 - i * period;
            List<Double> within =
                    IntStream.range(end - period, end)
                            .filter(values::containsKey)
                            .mapToObj(minute -> values.getOrDefault(minute, 0.0))
                            .toList();
            double sum = within.stream().mapToDouble(Double::doubleValue).sum();
            boolean is =
                    within.isEmpty()
                            ? alarm.path("TreatMissingData").asText().equals("breaching")
                            : alarm.path("ComparisonOperator").asText().startsWith("Less")
                                    ? sum < threshold
                                    : sum > threshold;
            beyond += is ? 1 : 0;
        }
        return beyond >= alarm.path("DatapointsToAlarm").asInt();
    }

    /** Returns the first of 60 minutes at whose end records come and nothing is invoked. */
    private OptionalInt stopped(Map<Integer, Double> records, Map<Integer, Double> invocations) {
        return IntStream.range(0, 60)
                .filter(now -> sounds("FeaturesStoppedComesAlarm", records, now))
                .filter(now -> sounds("FeaturesStoppedIdleAlarm", invocations, now))
                .findFirst();
    }

    @Test
    void aMappingThatStopsIsHeardWithinTenMinutesAlsoIfNothingWasEverInvoked() {
        Map<Integer, Double> busy = minutes(0, 60, 1);
        Map<Integer, Double> quiet = minutes(0, 60, 7);

        assertThat(stopped(busy, busy)).isEmpty();
        assertThat(stopped(busy, minutes(0, 30, 1))).hasValue(39);
        assertThat(stopped(busy, Map.of()).orElseThrow()).isLessThan(10);
        assertThat(stopped(quiet, minutes(1, 60, 7))).as("read a minute later").isEmpty();
        assertThat(stopped(minutes(0, 30, 7), minutes(0, 30, 7))).as("nothing more").isEmpty();
        assertThat(stopped(Map.of(), Map.of())).as("an idle stack").isEmpty();
    }

    /** A small stack whose lists are all degraded, beside a large one that is well. */
    @Test
    void theAverageOfOneStackDoesNotHideAnother() throws IOException {
        Map<JsonNode, List<Integer>> region = new HashMap<>();
        for (String stack : List.of("small", "large", "large", "large")) {
            Map<String, String> environment = new HashMap<>();
            named(stack)
                    .properties("Recommend")
                    .at("/Environment/Variables")
                    .forEachEntry((name, value) -> environment.put(name, value.asText()));
            List<String> lines = new ArrayList<>();
            Metrics metrics =
                    new Metrics(
                            Settings.from(environment).metricDimensions(),
                            () -> Instant.EPOCH,
                            lines::add);
            metrics.line().add(MetricName.DEGRADED, stack.equals("small") ? 1 : 0).write();
            ObjectNode line = (ObjectNode) new ObjectMapper().readTree(lines.getFirst());
            int degraded = line.path("Degraded").asInt();
            region.computeIfAbsent(line.retain("Stack", "Stage", "ModelId"), _ -> new ArrayList<>())
                    .add(degraded);
        }

        assertThat(region.getOrDefault(watchedBy("small"), List.of())).containsExactly(1);
        assertThat(region.getOrDefault(watchedBy("large"), List.of())).containsExactly(0, 0, 0);
    }

    private static Synthesized named(String stack) {
        return Synthesized.with(Map.of("stackName", stack));
    }

    /** Returns the dimensions that the alarm of a stack names, with their values. */
    private static JsonNode watchedBy(String stack) {
        ObjectNode dimensions = new ObjectMapper().createObjectNode();
        for (JsonNode each : named(stack).properties("AnswersDegradedAlarm").path("Dimensions")) {
            dimensions.put(each.path("Name").asText(), each.path("Value").asText());
        }
        return dimensions;
    }

    @Test
    void aSiteIsDownIfMostRequestsFailOrNoneOfManyIsPassedOn() {
        JsonNode rule = all.properties("SiteDown").path("AlarmRule");
        assertThat(names(rule))
                .containsExactly("HalfFailAlarm", "RequestsComeAlarm", "NonePassedAlarm");
        assertThat(rule.toString()).matches(".*ALARM.*OR.*[(].*AND.*[)].*");
        all.assertProperties(
                """
                HalfFailAlarm/MetricName = 5XXError
                HalfFailAlarm/Threshold = 0.5
                RequestsComeAlarm/Threshold = 20
                NonePassedAlarm/MetricName = IntegrationLatency
                NonePassedAlarm/Statistic = SampleCount
                """);
        assertThat(sounds("NonePassedAlarm", Map.of(), 30)).isTrue();
        assertThat(sounds("RequestsComeAlarm", minutes(0, 60, 1), 30)).as("somebody").isFalse();
    }

    @Test
    void whatWasToRunAndDidNotIsReported() {
        Synthesized scaled = Synthesized.with(WITH_OPTIONS);
        for (String function : List.of("Compact", "Retain", "Scale")) {
            scaled.assertProperties(
                    "%1$sDroppedAlarm/MetricName = AsyncEventsDropped\n%1$sDroppedAlarm/Dimensions/0/Value = %1$s"
                            .formatted(function));
        }
        assertThat(names(all.properties("CompactMissing").path("AlarmRule")))
                .containsExactly("CompactMissingComesAlarm", "CompactMissingIdleAlarm");
        assertThat(sounds("CompactMissingComesAlarm", minutes(0, 400, 10), 310)).isTrue();
        assertThat(sounds("CompactMissingComesAlarm", Map.of(), 310)).as("a new stack").isFalse();
        assertThat(sounds("CompactMissingIdleAlarm", minutes(0, 130, 60), 299)).isFalse();
        assertThat(sounds("CompactMissingIdleAlarm", minutes(0, 130, 60), 300)).isTrue();
    }

    /** Returns the ids of the alarms that a rule names. */
    private static List<String> names(JsonNode rule) {
        return rule.findValues("Fn::GetAtt").stream().map(each -> each.path(0).asText()).toList();
    }

    @Test
    void everyAlarmNamesItsRowOfTheRunbook() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "operate.md"));
        for (Synthesized stack : List.of(Synthesized.worker(), Synthesized.with(WITH_OPTIONS))) {
            notifying(stack)
                    .forEach(
                            (id, alarm) -> {
                                String says = alarm.path("AlarmDescription").asText();
                                String anchor =
                                        says.replaceFirst("(?s).*operate[.]md#(.*)[.]", "$1");
                                String name = id.replaceFirst("Alarm$", "");
                                String kind =
                                        name.replaceFirst(".*(Errors|Throttles|Dropped)", "…$1");
                                assertThat(page.lines())
                                        .filteredOn(
                                                row -> row.contains("<a id=\"" + anchor + "\">"))
                                        .singleElement(as(STRING))
                                        .as(says)
                                        .containsPattern("`(%s|%s)`".formatted(name, kind));
                            });
        }
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
        assertThat(notifying(all)).hasSize(44);
        assertThat(notifying(all).values())
                .allSatisfy(
                        alarm -> {
                            assertThat(alarm.at("/AlarmActions/0/Ref").asText())
                                    .isEqualTo("AlarmTopic");
                            assertThat(alarm.path("AlarmDescription").asText()).endsWith(".");
                            assertThat(alarm.path("TreatMissingData").asText("notBreaching"))
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

    /** A dashboard with more metrics is never one of the three that an account has free. */
    @Test
    void theDashboardHasFiftyMetricsAtMost() {
        for (Synthesized stack : List.of(Synthesized.dev(), Synthesized.with(WITH_OPTIONS))) {
            String board = stack.properties("Dashboard").toString().replace("\\", "");
            assertThat(Pattern.compile("\\[\"(AWS/\\w+|Freshet)\"").matcher(board).results())
                    .hasSizeBetween(40, 50);
        }
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
