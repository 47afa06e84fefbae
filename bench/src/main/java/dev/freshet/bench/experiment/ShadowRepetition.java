package dev.freshet.bench.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.freshet.experiment.ShadowAnalysis;
import dev.freshet.experiment.ShadowAnalysis.ShadowResult;
import dev.freshet.model.sums.BucketSums;
import dev.freshet.model.sums.ShadowSums;
import dev.freshet.ranking.policy.Softmax.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What drawn lists show of a shadow whose true value is known, over many seeds.
 *
 * @param truth clicks on a list of the shadow, by number of places from the top
 * @param bias mean of an estimate over the truth of as many places, less 1
 * @param error largest relative error of an estimate
 * @param coverage share of the seeds whose interval held the truth
 * @param refused share of the seeds without an estimate
 * @param effective effective size over the lists at the first place, mean of the seeds
 * @param places mean number of places that could be evaluated
 */
public record ShadowRepetition(
        @JsonIgnore List<Double> truth,
        double bias,
        double error,
        double coverage,
        double refused,
        double effective,
        double places) {
    public ShadowRepetition {
        truth = List.copyOf(truth);
    }

    private static final double LOGGED = 0.15;
    private static final double CLOSER = 0.1;

    /** Lists of the shadow from which its truth is known, for each drawn list of one seed. */
    private static final int TRUE_LISTS = 10;

    /** Lists of one user, whose rate of clicks is the user's own. */
    private static final int LISTS_OF_USER = 5;

    /**
     * How much is simulated.
     *
     * @param lists drawn with each seed
     * @param seeds from the first one on
     */
    public record Size(int lists, int seeds, long seed) {}

    /**
     * Evaluates a shadow whose scores are a tenth of the way from those of the lists to the truth,
     * on lists drawn at the temperature 0.15.
     *
     * @param temperature of the shadow; 0 for one that takes the best
     */
    public static ShadowRepetition of(double temperature, Size size) {
        return of(new SimulatedLists(LOGGED, temperature, CLOSER, size.seed()), size);
    }

    private static ShadowRepetition of(SimulatedLists lists, Size size) {
        List<Double> truth = truth(lists, TRUE_LISTS * size.lists(), size.seed() - 1);
        double bias = 0;
        double error = 0;
        int covered = 0;
        int refused = 0;
        double effective = 0;
        double places = 0;
        for (int run = 0; run < size.seeds(); run++) {
            ShadowResult result = run(lists, size.lists(), size.seed() + run);
            effective += result.effective() / size.lists() / size.seeds();
            places += (double) result.places() / size.seeds();
            if (result.snrips() == null) {
                refused++;
                continue;
            }
            double expected = truth.get(result.places());
            double off = result.snrips().value() / expected - 1;
            bias += off;
            error = Math.max(error, Math.abs(off));
            covered += result.snrips().interval().contains(expected) ? 1 : 0;
        }
        int answered = Math.max(1, size.seeds() - refused);
        return new ShadowRepetition(
                truth,
                bias / answered,
                error,
                (double) covered / answered,
                (double) refused / size.seeds(),
                effective,
                places);
    }

    /** Returns the clicks on the first places of the shadow's lists, by drawing lists with it. */
    private static List<Double> truth(SimulatedLists lists, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] clicks = new double[SimulatedLists.PLACES];
        for (int list = 0; list < count; list++) {
            int context = random.nextInt(SimulatedLists.CONTEXTS);
            List<Draw> drawn = lists.drawnByShadow(context, random);
            boolean[] clicked = lists.clicks(context, drawn, rate(random), random);
            for (int place = 0; place < clicks.length; place++) {
                clicks[place] += clicked[place] ? 1.0 / count : 0;
            }
        }
        List<Double> truth = new ArrayList<>(List.of(0.0));
        for (double ofPlace : clicks) {
            truth.add(truth.getLast() + ofPlace);
        }
        return truth;
    }

    private static double rate(SplittableRandom random) {
        return Population.Clicks.rate(random) / Population.Clicks.MEAN_RATE;
    }

    private static ShadowResult run(SimulatedLists lists, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ShadowSums.Tally tally = ShadowSums.ZERO.tally();
        int bucket = 0;
        double rate = 1;
        for (int list = 0; list < count; list++) {
            if (list % LISTS_OF_USER == 0) {
                bucket = random.nextInt(BucketSums.BUCKETS);
                rate = rate(random);
            }
            int context = random.nextInt(SimulatedLists.CONTEXTS);
            List<Draw> drawn = lists.drawn(context, random);
            double[] logWeights = lists.logWeights(context, drawn);
            tally.shown(bucket, logWeights);
            boolean[] clicks = lists.clicks(context, drawn, rate, random);
            for (int place = 0; place < clicks.length; place++) {
                if (clicks[place]) {
                    tally.clicked(bucket, place, logWeights[place]);
                }
            }
        }
        int users = count / LISTS_OF_USER;
        return ShadowAnalysis.of("shadow", tally.sums(), users, users);
    }
}
