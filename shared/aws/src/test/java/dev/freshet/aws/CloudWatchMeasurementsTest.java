package dev.freshet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.FakeService.Answer;
import dev.freshet.insight.Flow;
import dev.freshet.insight.Flow.Count;
import dev.freshet.insight.FlowHistory;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CloudWatchMeasurementsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:05:42Z");
    private static final Instant END = Instant.parse("2026-11-26T12:05:00Z");
    private static final Instant FIRST = END.minus(Duration.ofHours(1));
    private static final Instant LAST = END.minusSeconds(60);
    private static final CloudWatchMeasurements.Names NAMES =
            new CloudWatchMeasurements.Names(
                    Map.of("Stage", "prod", "ModelId", "main"),
                    "events",
                    "examples",
                    Map.of("ApiName", "freshet", "Stage", "prod"));

    private final Map<String, Map<Instant, Double>> values = new HashMap<>();
    private boolean refuses;
    @AutoClose private final FakeService service = new FakeService(this::answer);
    @AutoClose private final Clients clients = service.clients();
    private final CloudWatchMeasurements measurements = measurements(NAMES);

    private CloudWatchMeasurements measurements(CloudWatchMeasurements.Names names) {
        return new CloudWatchMeasurements(() -> new MetricData(clients.cloudWatch()), names);
    }

    private Answer answer(JsonNode request) {
        if (refuses) {
            return Answer.error(400, "Throttling");
        }
        ObjectNode answer = new ObjectMapper().createObjectNode();
        ArrayNode results = answer.putArray("MetricDataResults");
        for (JsonNode query : request.path("MetricDataQueries")) {
            String id = query.path("Id").asText();
            ObjectNode result = results.addObject().put("Id", id).put("StatusCode", "Complete");
            ArrayNode timestamps = result.putArray("Timestamps");
            ArrayNode numbers = result.putArray("Values");
            values.getOrDefault(id, Map.of())
                    .forEach(
                            (at, value) -> {
                                timestamps.add(at.getEpochSecond());
                                numbers.add(value);
                            });
        }
        return Answer.ok(answer.toString());
    }

    private void value(String id, Instant at, double value) {
        values.computeIfAbsent(id, _ -> new TreeMap<>()).put(at, value);
    }

    /** Sets the values of a part of the hour, such as {@code lists 40, degraded 3}. */
    private void values(Instant at, String idsAndValues) {
        for (String each : idsAndValues.split(", ", -1)) {
            String[] parts = each.split(" ", 2);
            value(parts[0], at, Double.parseDouble(parts[1]));
        }
    }

    private Flow flow() {
        return measurements.flow(NOW).orElseThrow();
    }

    @Test
    void nothingIsAskedBeforeTheFirstReadAndThenOneRequestForTheHour() {
        assertThat(service.requests()).isEmpty();

        Flow flow = flow();

        assertThat(service.requests()).hasSize(1);
        JsonNode request = service.requests().getFirst();
        assertThat(request.path("StartTime").asLong()).isEqualTo(FIRST.getEpochSecond());
        assertThat(request.path("EndTime").asLong()).isEqualTo(END.getEpochSecond());
        assertThat(request.path("MetricDataQueries")).hasSize(CloudWatchMeasurements.QUERIES);
        assertThat(request.path("MetricDataQueries"))
                .extracting(query -> query.path("Id").asText())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z][a-zA-Z0-9_]{0,254}"));
        assertThat(request.toString()).contains("\"PR(:200)\"", "\"ApiName\"", "\"examples\"");
        assertThat(flow.asOf()).isEqualTo(END);
        assertThat(flow.complete()).hasSize(Flow.MINUTES);
        assertThat(flow.freshness()).isNull();
        assertThat(flow.recommendTimes()).isNull();
        assertThat(flow.consumers()).isEmpty();
    }

    @Test
    void stepsOfThePastAreOneRequestByTheirPeriod() {
        Instant hour = Instant.parse("2026-11-20T07:00:00Z");
        values(hour, "accepted 9, recommendations 40, fresh50 120.4, fresh99 900, recommend50 3");
        value("version", hour, 17);
        values(hour.plusSeconds(3_600), "quarantined 2");

        List<FlowHistory.Step> steps =
                measurements.history(FlowHistory.Resolution.COARSE, NOW).orElseThrow().steps();

        assertThat(steps)
                .containsExactly(
                        new FlowHistory.Step(
                                new Flow.Minute(
                                        hour,
                                        Map.of(Count.ACCEPTED, 9L, Count.RECOMMENDATIONS, 40L)),
                                new Flow.Percentiles(120, 900),
                                null,
                                17,
                                null),
                        new FlowHistory.Step(
                                new Flow.Minute(
                                        hour.plusSeconds(3_600), Map.of(Count.QUARANTINED, 2L)),
                                null,
                                null,
                                0,
                                null));
        JsonNode request = service.requests().getFirst();
        assertThat(request.path("StartTime").asLong())
                .isEqualTo(Instant.parse("2026-10-01T13:00:00Z").getEpochSecond());
        assertThat(request.path("EndTime").asLong()).isEqualTo(END.getEpochSecond());
        assertThat(request.path("MetricDataQueries"))
                .hasSize(CloudWatchMeasurements.HISTORY_QUERIES)
                .allMatch(query -> query.at("/MetricStat/Period").asInt() == 3_600);
        measurements.history(FlowHistory.Resolution.FINE, NOW);
        assertThat(
                        service.requests()
                                .getLast()
                                .at("/MetricDataQueries/0/MetricStat/Period")
                                .asInt())
                .isEqualTo(300);
    }

    @Test
    void countsStandInTheirMinutes() {
        value("accepted", FIRST, 7);
        values(LAST, "accepted 9, recommendations 40, degraded 3, quarantined 1, requests 50");
        values(LAST, "server_errors 2, throttled 4, without_personalisation 5");
        values(LAST, "without_analytics 6, amounts_left_out 7, lists_of_nobody 8");

        Flow flow = flow();

        assertThat(flow.minutes().getFirst().get(Count.ACCEPTED)).isEqualTo(7);
        assertThat(flow.minutes().getLast().counts())
                .hasToString(
                        "{ACCEPTED=9, QUARANTINED=1, RECOMMENDATIONS=40, DEGRADED=3, REQUESTS=50,"
                                + " SERVER_ERRORS=2, THROTTLED=4, WITHOUT_PERSONALISATION=5,"
                                + " WITHOUT_ANALYTICS=6, AMOUNTS_LEFT_OUT=7, LISTS_OF_NOBODY=8}");
        assertThat(flow.total().get(Count.ACCEPTED)).isEqualTo(16);
    }

    @Test
    void anHourInTwoPartsHasTheSumOfTheirClassesAndThePercentilesThatNoneExceeds() {
        Instant second = Instant.parse("2026-11-26T12:00:00Z");
        values(FIRST, "fresh 90, fresh50 40, fresh99 180");
        values(second, "fresh 10, fresh50 70, fresh99 120");
        for (int bound : Flow.BOUNDS_MS) {
            value("upTo" + bound, FIRST, bound >= 50 ? 100 : 0);
            value("upTo" + bound, second, bound >= 100 ? 100 : 0);
        }

        assertThat(flow().freshness())
                .isEqualTo(
                        new Flow.Freshness(
                                100,
                                new Flow.Percentiles(70, 180),
                                List.of(0L, 0L, 90L, 10L, 0L, 0L, 0L, 0L, 0L)));
    }

    @Test
    void theSkewOfClocksHasTheCountOfAllPartsAndThePercentilesThatNoneExceeds() {
        assertThat(flow().clockSkew()).isNull();
        Instant second = Instant.parse("2026-11-26T12:00:00Z");
        values(FIRST, "skew 90, skew50 1, skew99 12");
        values(second, "skew 10, skew50 0, skew99 86400");

        assertThat(flow().clockSkew()).isEqualTo(new Flow.ClockSkew(100, 1, 86_400));
    }

    @Test
    void aConsumerThatLooksHasTheAgeItSawAndOneThatStoppedTheAgeOfItsLastLook() {
        value("features", LAST.minusSeconds(60), 90_000);
        value("features", LAST, 250);
        value("train", END.minus(Duration.ofMinutes(9)), 0);

        assertThat(flow().consumers())
                .containsExactly(
                        new Flow.Consumer("features", Duration.ofMillis(250)),
                        new Flow.Consumer("train", Duration.ofMinutes(9)));
    }

    @Test
    void metricsThatComeThreeMinutesLateAreNoSilence() {
        value("train", END.minus(Duration.ofMinutes(3)), 0);

        assertThat(flow().consumers()).containsExactly(new Flow.Consumer("train", Duration.ZERO));
    }

    @Test
    void withoutTheNameOfTheApiItsRequestsAreNotCounted() {
        Flow flow =
                measurements(
                                new CloudWatchMeasurements.Names(
                                        NAMES.own(), "events", "examples", Map.of()))
                        .flow(NOW)
                        .orElseThrow();

        assertThat(flow.requestsKnown()).isFalse();
        assertThat(service.requests().getFirst().toString()).doesNotContain("AWS/ApiGateway");
    }

    @Test
    void aThrottleIsTriedOnceMoreAndThenTheStoreIsUnavailable() {
        refuses = true;

        assertThatThrownBy(() -> measurements.flow(NOW))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Throttling");
        assertThat(service.requests()).hasSize(2);
    }
}
