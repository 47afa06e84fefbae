package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleContext;
import dev.freshet.example.Pseudonym;
import dev.freshet.insight.Flow;
import dev.freshet.insight.Measurements;
import dev.freshet.insight.QualityInsights;
import dev.freshet.insight.SourceInsights;
import dev.freshet.insight.TrendingInsights;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.log.Trainer;
import dev.freshet.quarantine.Quarantine;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryTrends;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code GET /v1/insights/quality} answers, from the model, the flows and the quarantine. */
class ModelInsightsApiTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:30Z");
    private static final int HOUR = (int) (NOW.getEpochSecond() / 3_600);

    private final MemoryQuarantine quarantine = new MemoryQuarantine();
    private int sequence;

    private Example.Exposure list(boolean attributed) {
        return new Example.Exposure(
                position(),
                new Pseudonym(sequence),
                HOUR,
                attributed,
                attributed ? "home" : "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ExampleContext.UNKNOWN);
    }

    private ShardPosition position() {
        return new ShardPosition("events/0", BigInteger.valueOf(++sequence));
    }

    private void quarantined(String reason, Instant at) {
        quarantine.put(new Quarantine.Entry(position(), "ann", reason, at, new byte[] {1}));
    }

    private JsonNode quality(Measurements measurements) {
        Model model =
                Trainer.train(Model.EMPTY, List.of(list(true), list(true), list(false))).model();
        ModelInsightsApi api =
                new ModelInsightsApi(
                        new SourceInsights(
                                () -> new Versioned(model, 7, NOW), new MemoryTrends(() -> NOW)),
                        new TrendingInsights(() -> new Versioned(model, 7, NOW)),
                        new QualityInsights(
                                () -> new Versioned(model, 7, NOW),
                                measurements,
                                quarantine,
                                _ -> {}),
                        () -> NOW);
        return new Gateway(
                        new HttpHandler() {
                            @Override
                            protected Map<String, OperationHandler> operations() {
                                return api.operations();
                            }
                        })
                .send(Gateway.request("GET", "/v1/insights/quality", Map.of()))
                .body();
    }

    private static Flow flow(long accepted, long refused, Flow.ClockSkew skew) {
        return new Flow(
                Flow.Source.PROCESS,
                NOW,
                List.of(
                        new Flow.Minute(
                                NOW.minusSeconds(60),
                                accepted,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                refused,
                                2 * refused)),
                null,
                List.of(),
                null,
                true,
                null,
                skew);
    }

    @Test
    void qualityHasTheReasonsOfQuarantineAndTheTimeOfTheOldest() {
        quarantined("undecodable: java.io.IOException: ann", NOW.minusSeconds(60));
        quarantined("undecodable: java.io.IOException: bob", NOW.minusSeconds(600));
        quarantined("<b>=cmd", NOW);

        JsonNode answer = quality(Measurements.NONE);

        assertThat(answer.path("quarantine").toString())
                .isEqualTo(
                        "[{\"reason\":\"other\",\"count\":1,\"oldest\":\"2026-11-24T12:00:30Z\"},"
                                + "{\"reason\":\"undecodable\",\"count\":2,"
                                + "\"oldest\":\"2026-11-24T11:50:30Z\"}]");
        assertThat(answer.path("quarantineComplete").asBoolean()).isTrue();
        assertThat(answer.path("impressions").asLong()).isEqualTo(3);
        assertThat(answer.path("impressionsWithoutToken").asLong()).isEqualTo(1);
        assertThat(answer.has("consent") || answer.has("clockSkew"))
                .as("what is not measured is absent")
                .isFalse();
    }

    @Test
    void qualityHasConsentAndClocksWhereTheyAreMeasured() {
        JsonNode answer = quality(_ -> Optional.of(flow(10, 2, new Flow.ClockSkew(8, 1, 86_400))));

        assertThat(answer.path("consent").toString())
                .isEqualTo(
                        "[{\"purpose\":\"personalisation\",\"share\":0.8},"
                                + "{\"purpose\":\"analytics\",\"share\":0.6}]");
        assertThat(answer.path("clockSkew").toString())
                .isEqualTo("{\"count\":8,\"p50Seconds\":1,\"p99Seconds\":86400}");
    }

    @Test
    void refusalsThatAreAheadOfTheEventsAreNoShareBelowNothing() {
        JsonNode answer = quality(_ -> Optional.of(flow(1, 2, new Flow.ClockSkew(1, 0, 0))));

        assertThat(answer.at("/consent/0/share").asDouble()).isZero();
        assertThat(
                        quality(_ -> Optional.of(flow(0, 2, new Flow.ClockSkew(1, 0, 0))))
                                .has("consent"))
                .isFalse();
    }
}
