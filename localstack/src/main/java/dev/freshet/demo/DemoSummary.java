package dev.freshet.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.demo.chaos.ChaosReport;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run showed.
 *
 * @param eventsApplied accepted events found in the table and, where they train, counted by the
 *     model
 * @param lost accepted events without a row or without their example in the model
 * @param refused events not accepted and requests not answered, by code
 * @param unseen events applied that no answer had shown by the end
 * @param duplicated rows or examples beyond one an event
 * @param chaos what killing processes showed, or null where none was killed
 */
public record DemoSummary(
        long seed,
        double seconds,
        long eventsSent,
        long eventsAccepted,
        long eventsApplied,
        long lost,
        long duplicated,
        long unseen,
        Map<String, Long> refused,
        Latencies userFreshness,
        Latencies modelFreshness,
        Latencies recommend,
        long recommendErrors,
        ClickRates.Rates ctr,
        long modelVersion,
        @Nullable ChaosReport chaos) {

    /** One object, the fields in a fixed order; times in milliseconds to one digit. */
    public ObjectNode toJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("eventsSent", eventsSent)
                .put("eventsAccepted", eventsAccepted)
                .put("eventsApplied", eventsApplied)
                .put("lost", lost)
                .put("duplicated", duplicated)
                .put("unseen", unseen);
        ObjectNode codes = json.putObject("refused");
        refused.forEach(codes::put);
        json.set("userFreshnessMs", percentiles(json.objectNode(), userFreshness));
        json.set("modelFreshnessMs", percentiles(json.objectNode(), modelFreshness));
        ObjectNode recommendMs = percentiles(json.objectNode(), recommend);
        json.set("recommendMs", recommendMs.put("errors", recommendErrors));
        json.set(
                "ctr",
                json.objectNode()
                        .put("personalised", rounded(ctr.personalised(), 10_000))
                        .put("popular", rounded(ctr.popular(), 10_000))
                        .put("random", rounded(ctr.random(), 10_000)));
        json.put("seed", seed)
                .put("seconds", rounded(seconds, 10))
                .put("modelVersion", modelVersion);
        if (chaos != null) {
            json.set("chaos", chaos.toJson());
        }
        return json;
    }

    /** The same for people. */
    public String toText() {
        return chaos == null ? told() : told() + "\n" + chaos.toText();
    }

    private String told() {
        return """
                Events        %,d sent, %,d accepted, %,d applied; lost %d, duplicated %d%s
                Freshness     of one's own recommendations p50 %.0f ms, p99 %.0f ms
                              of the model for everybody   p50 %.0f ms, p99 %.0f ms
                Recommend     p50 %.1f ms, p99 %.1f ms over %,d requests; %d errors
                Clicks        %.1f %% of what was shown by taste, %.1f %% by popularity, %.1f %% at random
                              (the generator's own probabilities: by taste is %.2f times by popularity)
                Model         version %d; seed %d"""
                .formatted(
                        eventsSent,
                        eventsAccepted,
                        eventsApplied,
                        lost,
                        duplicated,
                        refused.isEmpty() ? "" : "; refused " + refused,
                        userFreshness.millis(50),
                        userFreshness.millis(99),
                        modelFreshness.millis(50),
                        modelFreshness.millis(99),
                        recommend.millis(50),
                        recommend.millis(99),
                        recommend.count(),
                        recommendErrors,
                        100 * ctr.personalised(),
                        100 * ctr.popular(),
                        100 * ctr.random(),
                        ctr.personalised() / Math.max(1e-9, ctr.popular()),
                        modelVersion,
                        seed);
    }

    private static ObjectNode percentiles(ObjectNode into, Latencies of) {
        return into.put("p50", rounded(of.millis(50), 10))
                .put("p99", rounded(of.millis(99), 10))
                .put("count", of.count());
    }

    private static double rounded(double value, int scale) {
        return Math.round(value * scale) / (double) scale;
    }
}
