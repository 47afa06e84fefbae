package dev.freshet.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostModelTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PriceList PRICES = PriceList.load();

    private static final String UNITS =
            """
            {"platformLines":["%s"],"functions":{"Train":{"metrics":["A","B"],
               "parts":{"invocation":{"milliseconds":100,"s3Puts":2,"logBytes":1000}}}}}
            """
                    .formatted("x".repeat(500));

    @Test
    void shardsAndTheirRetentionCostByTheHour() {
        assertThat(lines(idle("day", "PassThrough", "INFO")))
                .containsEntry("shards of the streams", 3 * 730 * 0.015)
                .doesNotContainKey("records kept for more than a day");
        assertThat(lines(idle("week", "PassThrough", "INFO")))
                .containsEntry("records kept for more than a day", 3 * 730 * 0.020);
    }

    @Test
    void anAlarmOnAnExpressionCostsOneForEachOfItsMetrics() {
        assertThat(quantity(idle("day", "PassThrough", "INFO"), "metrics of alarms")).isEqualTo(3);
    }

    @Test
    void aScheduledFunctionCostsItsInvocationsTheirTimeRequestsLogAndMetrics() {
        Bill bill = idle("day", "PassThrough", "INFO");

        assertThat(quantity(bill, "invocations of Train")).isEqualTo(730);
        assertThat(quantity(bill, "running Train")).isEqualTo(730 * 0.1 * 2, within(1e-9));
        assertThat(quantity(bill, "S3 writes and lists of Train")).isEqualTo(1460);
        assertThat(quantity(bill, "log of Train")).isEqualTo(730 * 1500 / 1e9, within(1e-12));
        assertThat(quantity(bill, "custom metrics of Train")).isEqualTo(2);
    }

    @Test
    void tracesAndLambdasOwnLinesCostOnlyWhereTheTemplateTurnsThemOn() {
        Bill plain = idle("day", "PassThrough", "WARN");
        assertThat(quantity(plain, "log of Train")).isEqualTo(730 * 1000 / 1e9, within(1e-12));
        assertThat(lines(plain)).doesNotContainKey("traces of Train");
        assertThat(quantity(idle("day", "Active", "WARN"), "traces of Train")).isEqualTo(730);
    }

    @Test
    void theWorkOfAWorkerCostsItsStoresAndStreamsAndNoLambda() throws JsonProcessingException {
        String functions =
                """
                {"Resources":{
                  "Features":{"Type":"AWS::Lambda::Function","Properties":{"MemorySize":1024}},
                  "Train":{"Type":"AWS::Lambda::Function","Properties":{"MemorySize":3008}}%s}}
                """;
        Bill byFunctions = use(functions.formatted(""));
        Bill byWorker = use(functions.formatted(",\"Service\":{\"Type\":\"AWS::ECS::Service\"}"));

        assertThat(lines(byFunctions))
                .containsKeys("invocations of Features", "running Features", "running Train");
        assertThat(lines(byWorker).keySet())
                .noneMatch(what -> what.startsWith("invocations of") || what.startsWith("running"));
        for (String what :
                List.of(
                        "writes of Features", "reads of Features",
                        "records of Features", "S3 writes and lists of Train")) {
            assertThat(quantity(byWorker, what))
                    .as(what)
                    .isPositive()
                    .isEqualTo(quantity(byFunctions, what));
        }
        assertThat(quantity(byWorker, "log of Features"))
                .as("without the lines that Lambda writes")
                .isPositive()
                .isLessThan(quantity(byFunctions, "log of Features"));
    }

    @Test
    void anOutcomeWithTheTokenOfAListCostsItsMarkBesideItsRow() throws JsonProcessingException {
        String template =
                "{\"Resources\":{\"Features\":{\"Type\":\"AWS::Lambda::Function\","
                        + "\"Properties\":{\"MemorySize\":1024}}}}";
        MeasuredUnits units =
                MeasuredUnits.read(
                        json(
                                "{\"functions\":{\"Features\":{\"parts\":{\"interaction\":{\"writeUnits\":1},"
                                        + "\"impression\":{\"writeUnits\":4},\"outcome\":{\"writeUnits\":1}}}}}"));
        double events = 10 * Workload.MONTH_SECONDS;

        for (double outcomes : new double[] {0, 0.05, 0.5}) {
            Bill bill =
                    new CostModel(new StackTemplate(json(template)), units, PRICES)
                            .use(new Workload(10, 0, 5, 0.2, outcomes));
            assertThat(quantity(bill, "writes of Features"))
                    .isCloseTo(events * (0.8 + 4 * 0.2 + outcomes), within(1.0));
        }
        assertThat(MeasuredUnits.load().of("Features").part("outcome").writeUnits()).isPositive();
    }

    @Test
    void moreOutcomesThanEventsThatAreNoImpressionsAreRefused() {
        assertThatThrownBy(() -> new Workload(10, 0, 5, 0.9, 0.2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outcomeShare");
    }

    private static Bill use(String template) throws JsonProcessingException {
        return new CostModel(new StackTemplate(json(template)), MeasuredUnits.load(), PRICES)
                .use(Workload.of(100, 0));
    }

    @Test
    void aPriceFallsByTheQuantityOfTheMonth() {
        assertThat(PRICES.of(Charge.REST_API_REQUEST, 1e6)).isEqualTo(3.50, within(1e-9));
        assertThat(PRICES.of(Charge.REST_API_REQUEST, 333e6 + 1e6))
                .isEqualTo(333 * 3.50 + 2.80, within(1e-6));
    }

    @Test
    void everyPriceNamesItsPage() {
        for (Charge charge : Charge.values()) {
            assertThat(PRICES.price(charge).source())
                    .as(charge.key())
                    .startsWith("https://aws.amazon.com/");
            assertThat(PRICES.of(charge, 1e6)).as(charge.key()).isPositive();
        }
    }

    @Test
    void theLoadOfAProfileIsCheckedAndHasUsualValues() throws JsonProcessingException {
        assertThat(Workload.profiles(json("{\"eventsPerSecond\":40}")).values())
                .singleElement()
                .isEqualTo(Workload.of(40, 0));
        assertThat(
                        Workload.profiles(
                                        json(
                                                "{\"a\":{\"eventsPerSecond\":1},\"b\":{\"eventsPerSecond\":2}}"))
                                .keySet())
                .containsExactly("a", "b");
        assertThatThrownBy(() -> Workload.of(-1, 0))
                .hasMessageContaining("eventsPerSecond must be between");
    }

    private static Bill idle(String retention, String tracing, String level) {
        try {
            return new CostModel(
                            new StackTemplate(json(stack(retention, tracing, level))),
                            MeasuredUnits.read(json(UNITS)),
                            PRICES)
                    .idle();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String stack(String retention, String tracing, String level) {
        return """
        {"Resources":{
          "Events":{"Type":"AWS::Kinesis::Stream","Properties":{"ShardCount":2,"RetentionPeriodHours":168}},
          "Examples":{"Type":"AWS::Kinesis::Stream","Properties":{"ShardCount":1,"RetentionPeriodHours":168}},
          "Retain":{"Type":"AWS::Lambda::Function","Properties":{"Environment":{"Variables":{"FRESHET_STREAM_RETENTION":"%s"}}}},
          "One":{"Type":"AWS::CloudWatch::Alarm","Properties":{"MetricName":"Errors"}},
          "Sum":{"Type":"AWS::CloudWatch::Alarm","Properties":{"Metrics":[
             {"Id":"e","Expression":"a+b"},{"Id":"a","MetricStat":{}},{"Id":"b","MetricStat":{}}]}},
          "Train":{"Type":"AWS::Lambda::Function","Properties":{"MemorySize":2048,
             "TracingConfig":{"Mode":"%s"},"LoggingConfig":{"SystemLogLevel":"%s"}}},
          "Rule":{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"rate(1 hour)",
             "Targets":[{"Arn":{"Fn::GetAtt":["Train","Arn"]}}]}}}}
        """
                .formatted(retention, tracing, level);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    private static Map<String, Double> lines(Bill bill) {
        Map<String, Double> lines = new java.util.TreeMap<>();
        bill.lines().forEach(line -> lines.put(line.what(), line.dollars()));
        return lines;
    }

    private static double quantity(Bill bill, String what) {
        return bill.lines().stream()
                .filter(line -> line.what().equals(what))
                .mapToDouble(Bill.Line::quantity)
                .sum();
    }
}
