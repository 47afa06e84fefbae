package dev.freshet.bench.experiment;

import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentAnalysis;
import dev.freshet.experiment.Results;
import dev.freshet.experiment.Results.Conclusion;
import dev.freshet.experiment.Results.MetricComparison;
import dev.freshet.model.sums.BucketSums;
import dev.freshet.model.sums.BucketSums.Tally;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import dev.freshet.statistics.StudentDistribution;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What many runs of one experiment showed, as shares of the runs.
 *
 * @param decided runs with a conclusion at any look
 * @param better runs that concluded at any look that the other arm is better
 * @param covered runs whose interval held the true difference at every look
 * @param peekedZ runs in which a test for a single look was significant at any look
 * @param lookedOnceZ runs in which it was at the last look
 */
record Repetition(
        double decided, double better, double covered, double peekedZ, double lookedOnceZ) {
    /**
     * Runs an experiment again and again.
     *
     * @param truth the true difference of the primary metric
     * @param size looks and users, and the seed of the first run; each following run has the next
     *     one
     */
    static Repetition of(
            Experiment experiment,
            Population.Maker population,
            double truth,
            int runs,
            ExperimentFigures.Size size) {
        int decided = 0;
        int better = 0;
        int covered = 0;
        int peeked = 0;
        int once = 0;
        double significant = StudentDistribution.NORMAL.distance(Experiment.ALPHA);
        for (int run = 0; run < runs; run++) {
            SplittableRandom random = new SplittableRandom(size.seed() + run);
            Population people = population.make(size.users(), size.looks(), random);
            Tally control = BucketSums.ZERO.tally();
            Tally treated = BucketSums.ZERO.tally();
            boolean concluded = false;
            boolean found = false;
            boolean holds = true;
            boolean alarmed = false;
            boolean last = false;
            for (int look = 0; look < size.looks(); look++) {
                people.act(look, control, treated);
                Results results =
                        ExperimentAnalysis.of(
                                experiment,
                                new ExperimentSums(
                                        Map.of(
                                                experiment.control().id(),
                                                control.sums(),
                                                experiment.arms().getLast().id(),
                                                treated.sums()),
                                        0));
                concluded |= results.conclusion().decided();
                found |= results.conclusion() == Conclusion.BETTER;
                MetricComparison primary = results.arms().getFirst().primary();
                if (primary != null) {
                    holds &= primary.interval().contains(truth);
                    last = Math.abs(primary.difference()) > significant * primary.error();
                    alarmed |= last;
                }
            }
            decided += concluded ? 1 : 0;
            better += found ? 1 : 0;
            covered += holds ? 1 : 0;
            peeked += alarmed ? 1 : 0;
            once += last ? 1 : 0;
        }
        return new Repetition(
                (double) decided / runs,
                (double) better / runs,
                (double) covered / runs,
                (double) peeked / runs,
                (double) once / runs);
    }
}
