package dev.freshet.experiment;

import dev.freshet.model.sums.ShadowSums;
import dev.freshet.model.sums.ShadowSums.Column;
import dev.freshet.statistics.BucketRatio;
import dev.freshet.statistics.ConfidenceInterval;
import dev.freshet.statistics.ConfidenceSequence;
import dev.freshet.statistics.Estimate;
import dev.freshet.statistics.ImportanceWeights;
import dev.freshet.statistics.ListValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the sums of a shadow into a result. Cost: about 0.1 ms. */
public final class ShadowAnalysis {
    private static final double ONE = (double) ShadowSums.ONE;

    private static final BucketRatio NOTHING = new BucketRatio(new Estimate(0, 0), new double[0]);

    /**
     * What drawn lists say about a shadow. Values are clicks on the first {@code places} places of
     * a list; where the lists cannot answer, there are none but reasons.
     *
     * @param lists that were drawn by chance and shown from the top
     * @param leftOut lists of the experiment that say nothing about the shadow
     * @param places how many places from the top can be evaluated; 0 if none
     * @param effective how many lists the weighted ones are worth, at the first place
     * @param meanWeight at the first place; 1 but for chance
     * @param largestShare of all weight that one list has at the last place that is evaluated
     * @param clipped places of lists whose weight was above the bound and counts as that
     * @param refusals why there are no values, each a sentence
     * @param logged clicks of the lists as they were shown; null where refused
     * @param rips estimate by weighted clicks over lists; null where refused
     * @param snrips estimate by weighted clicks over weights, the one to read; null where refused
     * @param difference of {@code snrips} from {@code logged}; null where refused
     */
    public record ShadowResult(
            String shadow,
            long lists,
            long leftOut,
            int places,
            double effective,
            double meanWeight,
            double largestShare,
            long clipped,
            List<String> refusals,
            @Nullable Value logged,
            @Nullable Value rips,
            @Nullable Value snrips,
            @Nullable Value difference) {
        /**
         * A number with the interval that holds at every look.
         *
         * @param interval contains the true number at all looks at once with a chance of 95 %
         */
        public record Value(double value, ConfidenceInterval interval) {}

        /** Returns whether the lists cannot answer. */
        public boolean refused() {
            return !refusals.isEmpty();
        }
    }

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
        boolean known = refusals.isEmpty();
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
                known ? value(logged.estimate(), users) : null,
                known ? value(rips.estimate(), users) : null,
                known ? value(snrips.estimate(), users) : null,
                known ? value(snrips.minus(logged), users) : null);
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
