package dev.freshet.bench.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Bootstrap intervals by resampling people with replacement (Efron 1979). People instead of
 * interactions are resampled, because the interactions of one person are dependent. All measures
 * use the same samples, so differences are paired.
 *
 * <p>Cost: draws × people × measures additions.
 */
final class Bootstrap {
    static final int DRAWS = 1_000;

    private final int draws;
    private final long seed;

    Bootstrap(int draws, long seed) {
        this.draws = draws;
        this.seed = seed;
    }

    /**
     * Draws the samples.
     *
     * @param measures measures over the same people
     * @return the value of each measure in each sample; 0 if a sample contains no moment
     */
    double[][] of(List<Measure> measures) {
        double[][] values = new double[measures.size()][draws];
        int people = measures.isEmpty() ? 0 : measures.getFirst().people();
        Random random = new Random(seed);
        int[] times = new int[people];
        for (int draw = 0; draw < draws; draw++) {
            Arrays.fill(times, 0);
            for (int i = 0; i < people; i++) {
                times[random.nextInt(people)]++;
            }
            for (int at = 0; at < values.length; at++) {
                values[at][draw] = mean(measures.get(at), times);
            }
        }
        return values;
    }

    private static double mean(Measure measure, int[] times) {
        double sum = 0;
        double count = 0;
        for (int person = 0; person < times.length; person++) {
            sum += times[person] * measure.sums()[person];
            count += times[person] * measure.counts()[person];
        }
        return measure.figure(sum, count);
    }
}
