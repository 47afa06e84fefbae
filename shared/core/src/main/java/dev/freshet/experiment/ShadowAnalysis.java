package dev.freshet.experiment;

import dev.freshet.model.experiment.ShadowSums;
import dev.freshet.model.experiment.ShadowSums.Column;
import dev.freshet.statistics.BucketRatio;
import dev.freshet.statistics.ConfidenceSequence;
import dev.freshet.statistics.Estimate;
import dev.freshet.statistics.ImportanceWeights;
import dev.freshet.statistics.ListValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Turns the sums of a shadow into a result. Cost: about 0.1 ms. */
public final class ShadowAnalysis {
    private static final double ONE = (double) ShadowSums.ONE;

    private static final BucketRatio NOTHING = new BucketRatio(new Estimate(0, 0), new double[0]);

    private final ShadowSums sums;
    private final ConfidenceSequence sequence;

    private ShadowAnalysis(ShadowSums sums, ConfidenceSequence sequence) {
        this.sums = sums;
        this.sequence = sequence;
    }

    /**
     * Returns the result of a shadow.
     *
     * @param plannedUsers as {@link Experiment#plannedUsers}: where the intervals are narrowest
     * @param users enrolled in the experiment
     */
    public static ShadowResult of(String shadow, ShadowSums sums, long plannedUsers, long users) {
        return new ShadowAnalysis(
                        sums, new ConfidenceSequence(Experiment.ALPHA, (double) plannedUsers))
                .result(shadow, Math.max(1, users));
    }

    private ShadowResult result(String shadow, long users) {
        List<ImportanceWeights> weights = new ArrayList<>();
        for (int place = 0; place < sums.places(); place++) {
            weights.add(weights(place));
        }
        ImportanceWeights first =
                weights.isEmpty() ? new ImportanceWeights(0, 0, 0, 0, 0) : weights.getFirst();
        int places = 0;
        while (places < weights.size() && weights.get(places).enough(first.lists())) {
            places++;
        }
        List<String> refusals = new ArrayList<>();
        if (places == 0) {
            refusals.add(first.tooFew());
        }
        for (int place = 0; place < places; place++) {
            refusals.addAll(weights.get(place).problems(place + 1));
        }
        double largestShare = 0;
        if (places > 0) {
            ImportanceWeights last = weights.get(places - 1);
            largestShare = last.largest() / last.sum();
        }
        BucketRatio logged = value(places, Column.LISTS, Column.CLICKS, false);
        BucketRatio rips = value(places, Column.WEIGHTS, Column.WEIGHTED_CLICKS, false);
        BucketRatio snrips = value(places, Column.WEIGHTS, Column.WEIGHTED_CLICKS, true);
        boolean told = refusals.isEmpty();
        return new ShadowResult(
                shadow,
                (long) first.lists(),
                sums.leftOut(),
                places,
                first.effective(),
                first.mean(),
                largestShare,
                sums.clipped(),
                refusals,
                told ? value(logged.estimate(), users) : null,
                told ? value(rips.estimate(), users) : null,
                told ? value(snrips.estimate(), users) : null,
                told ? value(snrips.minus(logged), users) : null);
    }

    private ShadowResult.Value value(Estimate estimate, long users) {
        return new ShadowResult.Value(
                estimate.value(), sequence.interval(estimate, (double) users));
    }

    /** Returns the weights of a place; the error of their mean is that over buckets of users. */
    private ImportanceWeights weights(int place) {
        double[] lists = column(place, Column.LISTS);
        double[] weight = column(place, Column.WEIGHTS);
        Optional<BucketRatio> mean = BucketRatio.of(weight, lists);
        return new ImportanceWeights(
                Arrays.stream(lists).sum(),
                Arrays.stream(weight).sum(),
                sums.squares(place) / ONE,
                sums.largest(place) / ONE,
                mean.map(ratio -> ratio.estimate().error()).orElse(0.0));
    }

    private BucketRatio value(int places, Column weights, Column rewards, boolean normalised) {
        if (places == 0) {
            return NOTHING;
        }
        double[][] lists = new double[places][];
        double[][] weight = new double[places][];
        double[][] reward = new double[places][];
        for (int place = 0; place < places; place++) {
            lists[place] = column(place, Column.LISTS);
            weight[place] = column(place, weights);
            reward[place] = column(place, rewards);
        }
        ListValue value = new ListValue(lists, weight, reward);
        return (normalised ? value.snrips() : value.rips()).orElse(NOTHING);
    }

    private double[] column(int place, Column column) {
        boolean weighted = column == Column.WEIGHTS || column == Column.WEIGHTED_CLICKS;
        double one = weighted ? ONE : 1;
        return Arrays.stream(sums.column(place, column)).mapToDouble(sum -> sum / one).toArray();
    }
}
