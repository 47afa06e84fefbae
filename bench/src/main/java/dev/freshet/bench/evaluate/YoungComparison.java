package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Prequential.Watch;
import dev.freshet.model.signal.StartingWeights;
import dev.freshet.ranking.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two tables of starting weights on the beginnings of a site, each event ranked, then learned. All
 * people of all beginnings are resampled together.
 */
final class YoungComparison {
    private static final int[] LENGTHS = {200, 1_000, SiteBeginnings.EVENTS};

    private final List<Watch> first = new ArrayList<>();
    private final List<Watch> second = new ArrayList<>();
    private final SiteBeginnings site;
    private final long seed;

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

    /** A difference with its interval. */
    record Lead(double by, Interval interval) {}

    private YoungComparison(SiteBeginnings site, long seed) {
        this.site = site;
        this.seed = seed;
    }

    /** Returns the figures of {@code second} beside {@code first} by the length of beginnings. */
    static List<Row> of(
            SiteBeginnings site,
            ReplaySettings settings,
            Strategy strategy,
            StartingWeights first,
            StartingWeights second,
            long seed) {
        YoungComparison comparison = new YoungComparison(site, seed);
        for (Trace trace : site.beginnings()) {
            comparison.first.add(ranked(trace, settings.startingFrom(first), strategy));
            comparison.second.add(ranked(trace, settings.startingFrom(second), strategy));
        }
        return Arrays.stream(LENGTHS).mapToObj(comparison::row).toList();
    }

    private static Watch ranked(Trace trace, ReplaySettings settings, Strategy strategy) {
        Watch watch =
                Watch.of(
                        Moments.of(trace, false, 1),
                        false,
                        List.of(Contender.blend(strategy, Prequential.DEPTH)));
        new Prequential(trace).product(settings, List.of(watch), step -> {});
        return watch;
    }

    private Row row(int events) {
        int people = site.beginnings().stream().mapToInt(Trace::people).sum();
        double[] counts = new double[people];
        double[][] sums = new double[4][people];
        int since = 0;
        int moments = 0;
        for (int part = 0; part < first.size(); part++) {
            Moments at = first.get(part).moments();
            for (int moment = 0; moment < at.size() && at.step()[moment] < events; moment++) {
                int person = since + at.person()[moment];
                counts[person]++;
                moments++;
                add(first.get(part), moment, person, sums[0], sums[1]);
                add(second.get(part), moment, person, sums[2], sums[3]);
            }
            since += site.beginnings().get(part).people();
        }
        List<Measure> measures =
                Arrays.stream(sums)
                        .map(sum -> new Measure("", Measure.Sense.GAIN, sum, counts))
                        .toList();
        double[][] draws = new Bootstrap(Bootstrap.DRAWS, seed).of(measures);
        double[] figures = new double[sums.length];
        for (int at = 0; at < figures.length; at++) {
            figures[at] = Arrays.stream(sums[at]).sum() / Math.max(1, moments);
        }
        return new Row(
                events,
                moments,
                figures[2],
                lead(figures[2] - figures[0], draws[2], draws[0]),
                figures[3],
                lead(figures[3] - figures[1], draws[3], draws[1]));
    }

    private static void add(
            Watch watch, int moment, int person, double[] hits, double[] reciprocals) {
        Scoreboard board = watch.boards().getFirst();
        hits[person] += board.hit(moment, Prequential.DEPTH) ? 1 : 0;
        reciprocals[person] += board.reciprocal(moment, Prequential.DEPTH);
    }

    private static Lead lead(double by, double[] one, double[] other) {
        double[] differences = new double[one.length];
        Arrays.setAll(differences, draw -> one[draw] - other[draw]);
        return new Lead(by, Interval.of(differences));
    }
}
