package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.demo.DemoBaselines.ClickRates;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import dev.freshet.model.sums.Outcomes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measurements of one demo run.
 *
 * @param seconds duration of the simulation
 * @param eventsApplied accepted events found in the table and, if they train, counted by the model
 * @param lost accepted events without a row or without their example in the model
 * @param duplicated rows or examples beyond one for each event
 * @param unseen applied events that no response had included by the end of the run
 * @param refused number of events not accepted and of requests not answered, by code
 * @param userFreshness time from an accepted event to the first recommendations of that user which
 *     include it
 * @param modelFreshness time from an accepted event to the first response by a model version that
 *     includes it
 * @param recommend latency of recommendation requests
 * @param ctr mean click probabilities of personalised, popular, random and the best lists
 * @param latestCtr the same over the lists of the last minute
 * @param outcomes lists shown and clicked, as the model counted them
 * @param users lists shown and clicked, as the users did
 * @param modelVersion newest model version seen in a response
 * @param experiment results of the demo's experiment, or null if there was none
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
        ClickRates.Rates latestCtr,
        ListOutcomes outcomes,
        ListOutcomes users,
        long modelVersion,
        @Nullable JsonNode experiment) {

    /**
     * Returns the measurements as one object with members in a fixed order; times in milliseconds,
     * rounded to one decimal.
     */
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
        json.set("ctr", rates(json.objectNode(), ctr));
        json.set("ctrLastMinute", rates(json.objectNode(), latestCtr));
        json.set(
                "outcomes",
                json.objectNode()
                        .put("lists", outcomes.lists())
                        .put("listCtr", rounded(outcomes.listCtr(), 10_000))
                        .put("unseenClicks", outcomes.unseenClicks())
                        .put("usersLists", users.lists())
                        .put("usersListCtr", rounded(users.listCtr(), 10_000)));
        json.put("seed", seed)
                .put("seconds", rounded(seconds, 10))
                .put("modelVersion", modelVersion);
        if (experiment != null) {
            json.set("experiment", experiment);
        }
        return json;
    }

    /** Returns the measurements as text for people. */
    public String toText() {
        return experiment == null
                ? measurements()
                : measurements() + "\nExperiment    " + experiment.path("sentence").asText();
    }

    private String measurements() {
        return """
        Events        %,d sent, %,d accepted, %,d applied; lost %d, duplicated %d%s
        Freshness     of a user's own recommendations p50 %.0f ms, p99 %.0f ms
                      of the shared model              p50 %.0f ms, p99 %.0f ms
        Recommend     p50 %.1f ms, p99 %.1f ms over %,d requests; %d errors
        Click rate    %.1f %% personalised, %.1f %% by popularity, %.1f %% at random, %.1f %% at best
                      (by the generator's probabilities; personalised is %.2f times popularity,
                      %.0f %% of the best lists that the users' true preferences make;
                      in the last minute %.2f times, and %.0f %%)
        Outcomes      %,d lists, %.1f %% of them clicked, %d clicks without an impression
                      (users were shown %,d and clicked %.1f %%)
        Model         version %d; seed %d\
        """
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
                        100 * ctr.oracle(),
                        ctr.timesPopular(),
                        100 * ctr.shareOfOracle(),
                        latestCtr.timesPopular(),
                        100 * latestCtr.shareOfOracle(),
                        outcomes.lists(),
                        100 * outcomes.listCtr(),
                        outcomes.unseenClicks(),
                        users.lists(),
                        100 * users.listCtr(),
                        modelVersion,
                        seed);
    }

    private static ObjectNode percentiles(ObjectNode into, Latencies of) {
        return into.put("p50", rounded(of.millis(50), 10))
                .put("p99", rounded(of.millis(99), 10))
                .put("count", of.count());
    }

    private static ObjectNode rates(ObjectNode into, ClickRates.Rates of) {
        return into.put("personalised", rounded(of.personalised(), 10_000))
                .put("popular", rounded(of.popular(), 10_000))
                .put("random", rounded(of.random(), 10_000))
                .put("oracle", rounded(of.oracle(), 10_000));
    }

    private static double rounded(double value, int scale) {
        return Math.round(value * scale) / (double) scale;
    }

    /**
     * Lists shown and clicked, as the model counted them or as the simulated users did.
     *
     * @param clicked lists with a click
     * @param unseenClicks clicks on lists whose impression did not arrive
     */
    public record ListOutcomes(long lists, long clicked, long unseenClicks) {
        /** Returns what a model has counted on its open days. */
        static ListOutcomes of(Outcomes outcomes) {
            OutcomeSums sum =
                    outcomes.days().stream()
                            .flatMap(day -> day.pairs().entrySet().stream())
                            .filter(pair -> pair.getKey().isOfPlacement())
                            .map(Map.Entry::getValue)
                            .reduce(OutcomeSums.NONE, OutcomeSums::plus);
            return new ListOutcomes(
                    sum.get(OutcomeCount.LISTS),
                    sum.get(OutcomeCount.LISTS_CLICKED),
                    sum.get(OutcomeCount.UNSEEN_CLICKS));
        }

        /** Returns what was counted since an earlier moment. */
        ListOutcomes since(ListOutcomes before) {
            return new ListOutcomes(
                    lists - before.lists,
                    clicked - before.clicked,
                    unseenClicks - before.unseenClicks);
        }

        /** Returns the share of lists with a click; 0 where no list was shown. */
        double listCtr() {
            return lists == 0 ? 0 : (double) clicked / lists;
        }
    }
}
