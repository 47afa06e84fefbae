package dev.freshet.bench.ope;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.statistics.ConfidenceInterval;
import dev.freshet.statistics.Estimate;
import dev.freshet.statistics.ListValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a log says about a policy.
 *
 * @param logged mean reward of a list as logged
 * @param estimates of the evaluated policy's mean reward of a list, by the name of the estimator;
 *     empty where the diagnostics refuse
 */
record OpeResult(Estimate logged, Map<String, Estimate> estimates, Diagnostics diagnostics) {
    /** Largest weight that SWITCH-DR trusts. */
    private static final double SWITCH = 10;

    /** Shrinkage of DRos. */
    private static final double LAMBDA = 100;

    /**
     * Evaluates.
     *
     * @param all at least one list, each of at least one place
     */
    static OpeResult of(List<LoggedList> all) {
        Diagnostics diagnostics = Diagnostics.of(all);
        int places = Math.max(1, diagnostics.places());
        List<LoggedList> lists =
                all.stream()
                        .map(
                                list ->
                                        new LoggedList(
                                                list.user(),
                                                list.places()
                                                        .subList(
                                                                0,
                                                                Math.min(
                                                                        places,
                                                                        list.places().size()))))
                        .toList();
        return new OpeResult(
                new ClusteredSums(lists).mean(LoggedList::reward),
                diagnostics.refused() ? Map.of() : estimates(lists),
                diagnostics);
    }

    private static Map<String, Estimate> estimates(List<LoggedList> lists) {
        Map<String, Estimate> found = new LinkedHashMap<>();
        ClusteredSums sums = new ClusteredSums(lists);
        ListValue value = value(lists, sums);
        boolean single = lists.stream().allMatch(list -> list.places().size() == 1);
        if (single) {
            found.put("ips", sums.mean(Estimator::ips));
            found.put(
                    "snips", sums.ratio(Estimator::ips, list -> list.places().getFirst().weight()));
        }
        value.rips().ifPresent(ratio -> found.put("rips", ratio.estimate()));
        value.snrips().ifPresent(ratio -> found.put("snrips", ratio.estimate()));
        boolean pools =
                lists.stream()
                        .allMatch(
                                list ->
                                        list.places().stream()
                                                .noneMatch(place -> place.pool().isEmpty()));
        if (pools) {
            IdentityHashMap<LoggedList, RewardModel> models = models(lists);
            found.put("dm", sums.mean(list -> Estimator.dm(list, model(models, list))));
            if (single) {
                found.put("dr", sums.mean(list -> Estimator.cascadeDr(list, model(models, list))));
                found.put(
                        "switchDr",
                        sums.mean(list -> Estimator.switchDr(list, model(models, list), SWITCH)));
                found.put(
                        "drOs",
                        sums.mean(list -> Estimator.drOs(list, model(models, list), LAMBDA)));
            } else {
                found.put(
                        "cascadeDr",
                        sums.mean(list -> Estimator.cascadeDr(list, model(models, list))));
            }
        }
        return found;
    }

    /** Each list has a model that did not learn from it. */
    private static IdentityHashMap<LoggedList, RewardModel> models(List<LoggedList> lists) {
        List<RewardModel> folds = ItemRates.crossFitted(lists);
        IdentityHashMap<LoggedList, RewardModel> models = new IdentityHashMap<>();
        for (int at = 0; at < lists.size(); at++) {
            models.put(lists.get(at), folds.get(at % ItemRates.FOLDS));
        }
        return models;
    }

    private static RewardModel model(
            IdentityHashMap<LoggedList, RewardModel> models, LoggedList list) {
        return Objects.requireNonNull(models.get(list));
    }

    private static ListValue value(List<LoggedList> lists, ClusteredSums sums) {
        int deepest = lists.stream().mapToInt(list -> list.places().size()).max().orElse(0);
        double[][] counts = new double[deepest][];
        double[][] weights = new double[deepest][];
        double[][] rewards = new double[deepest][];
        for (int place = 0; place < deepest; place++) {
            int at = place;
            counts[at] = sums.column(list -> list.places().size() > at ? 1 : 0);
            weights[at] =
                    sums.column(
                            list -> list.places().size() > at ? list.cumulativeWeights()[at] : 0);
            rewards[at] =
                    sums.column(
                            list ->
                                    list.places().size() > at
                                            ? list.cumulativeWeights()[at]
                                                    * list.places().get(at).reward()
                                            : 0);
        }
        return new ListValue(counts, weights, rewards);
    }

    /** Adds the result to an answer. */
    void writeTo(ObjectNode json) {
        json.put("lists", diagnostics.lists())
                .put("logged", logged.value())
                .put("refused", diagnostics.refused())
                .put("places", diagnostics.places())
                .put("ess", diagnostics.effectiveSize())
                .put("meanWeight", diagnostics.meanWeight())
                .put("maxWeight", diagnostics.largestWeight());
        diagnostics.refusals().forEach(json.putArray("refusals")::add);
        ObjectNode intervals = json.putObject("intervals");
        estimates.forEach(
                (name, estimate) -> {
                    ConfidenceInterval interval = ClusteredSums.interval(estimate);
                    json.put(name, estimate.value());
                    intervals.putArray(name).add(interval.low()).add(interval.high());
                });
    }

    /** Returns the result as lines for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "  %,d lists, %.6f a list as logged; effective size %,.1f, mean weight %.3f,"
                                + " largest %,.1f",
                        diagnostics.lists(),
                        logged.value(),
                        diagnostics.effectiveSize(),
                        diagnostics.meanWeight(),
                        diagnostics.largestWeight()));
        diagnostics.refusals().forEach(refusal -> lines.add("  refused: " + refusal));
        estimates.forEach(
                (name, estimate) -> {
                    ConfidenceInterval interval = ClusteredSums.interval(estimate);
                    lines.add(
                            String.format(
                                    Locale.ROOT,
                                    "  %-10s %.6f  (%.6f to %.6f)",
                                    name,
                                    estimate.value(),
                                    interval.low(),
                                    interval.high()));
                });
        return lines;
    }
}
