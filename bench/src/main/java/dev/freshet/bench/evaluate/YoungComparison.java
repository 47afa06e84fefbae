package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Bootstrap.Measure;
import dev.freshet.bench.evaluate.Comparison.Lead;
import dev.freshet.bench.evaluate.Report.Entry;
import dev.freshet.model.signal.StartingWeights;
import dev.freshet.ranking.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Two tables of starting weights on the beginnings of a site, each event ranked, then learned. All
 * people of all beginnings are resampled together.
 */
final class YoungComparison {
    private static final int[] LENGTHS = {200, 1_000, SiteBeginnings.EVENTS};
    private static final Figure RECALL = Figure.hits("recall", "", Moments.WHOLE, 10);
    private static final Figure MRR = Figure.reciprocals("mrr", "", Moments.WHOLE, 10);

    private YoungComparison() {}

    /**
     * The figures of one length of the beginnings.
     *
     * @param events number of events of each beginning
     * @param moments number of interactions ranked
     * @param recall Recall@10 of the second weights
     * @param recallLead by how much it exceeds that of the first ones
     * @param mrr MRR@10 of the second weights
     * @param mrrLead by how much it exceeds that of the first ones
     */
    record Row(int events, int moments, double recall, Lead recallLead, double mrr, Lead mrrLead) {}

    /** Returns the figures of {@code second} beside {@code first} by the length of beginnings. */
    static List<Row> of(
            SiteBeginnings site,
            ReplaySettings settings,
            Strategy strategy,
            StartingWeights first,
            StartingWeights second,
            long seed) {
        List<Scoreboard> before = ranked(site, settings.startingFrom(first), strategy);
        List<Scoreboard> after = ranked(site, settings.startingFrom(second), strategy);
        return Arrays.stream(LENGTHS).mapToObj(length -> row(length, before, after, seed)).toList();
    }

    private static List<Scoreboard> ranked(
            SiteBeginnings site, ReplaySettings settings, Strategy strategy) {
        return site.beginnings().stream()
                .map(
                        trace -> {
                            Plan plan = Plan.stream(trace, false, 1);
                            List<Contender> blend =
                                    List.of(Contender.blend(strategy, plan.depth()));
                            Method product = new ProductMethod(plan, settings, blend, null, null);
                            return new Pass(plan).run(List.of(product), step -> {}).getFirst();
                        })
                .toList();
    }

    private static Row row(int events, List<Scoreboard> first, List<Scoreboard> second, long seed) {
        Entry before = entry("first", events, first);
        Entry after = entry("second", events, second);
        Map<String, Lead> leads =
                Comparison.of(List.of(after, before), new Bootstrap(seed)).getLast().leads();
        return new Row(
                events,
                first.stream()
                        .mapToInt(board -> board.moments().count(one -> one.step() < events))
                        .sum(),
                after.figure(RECALL.name()),
                Objects.requireNonNull(leads.get(RECALL.name())),
                after.figure(MRR.name()),
                Objects.requireNonNull(leads.get(MRR.name())));
    }

    /** Returns the figures of the first events of all beginnings, whose people are others each. */
    private static Entry entry(String name, int events, List<Scoreboard> boards) {
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        List<Measure> measures = new ArrayList<>();
        for (Figure figure : List.of(RECALL, MRR)) {
            List<Measure> parts =
                    boards.stream()
                            .map(board -> figure.during(events).measure(List.of(board)))
                            .toList();
            Measure all =
                    new Measure(
                            figure.name(),
                            figure.sense(),
                            parts.stream()
                                    .flatMapToDouble(one -> Arrays.stream(one.sums()))
                                    .toArray(),
                            parts.stream()
                                    .flatMapToDouble(one -> Arrays.stream(one.counts()))
                                    .toArray());
            measures.add(all);
            figures.put(
                    figure.name(),
                    figure.sense()
                            .of(
                                    Arrays.stream(all.sums()).sum(),
                                    Arrays.stream(all.counts()).sum()));
        }
        return new Entry(name, Method.Kind.BASELINE, figures, new LinkedHashMap<>(), measures);
    }
}
