package dev.freshet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JackknifeRatioTest {
    private static final int BUCKETS = 64;
    private static final int TIMES = 1_000;

    @Test
    void theVarianceIsNearThatOfTheDeltaMethod() {
        SplittableRandom random = new SplittableRandom(3);
        long[] lists = random.longs(BUCKETS, 50, 200).toArray();
        long[] clicked = Arrays.stream(lists).map(n -> random.nextLong(n / 4 + 1)).toArray();
        JackknifeRatio jackknife = JackknifeRatio.of(clicked, lists).orElseThrow();
        Estimate delta = BucketRatio.of(clicked, lists).orElseThrow().estimate();
        double half =
                (logit(jackknife.interval().high()) - logit(jackknife.interval().low()))
                        / 2
                        * jackknife.ratio()
                        * (1 - jackknife.ratio());

        assertThat(jackknife.ratio()).isCloseTo(delta.value(), within(1e-12));
        assertThat(half / new StudentDistribution(BUCKETS - 1).distance(0.05))
                .isCloseTo(delta.error(), within(delta.error() * 0.05));
    }

    private static double sum(long[] numbers) {
        return (double) Arrays.stream(numbers).sum();
    }

    private static double logit(double share) {
        return Math.log(share / (1 - share));
    }

    @Test
    void withoutAnyClickTheIntervalIsNotEmpty() {
        long[] lists = new long[BUCKETS];
        Arrays.fill(lists, 9);

        assertThat(JackknifeRatio.of(new long[BUCKETS], lists).orElseThrow().interval().high())
                .isBetween(0.02, 0.08);
        assertThat(JackknifeRatio.of(lists, lists).orElseThrow().interval().low())
                .isBetween(0.92, 0.98);
    }

    @Test
    void ofFewBucketsThereIsNoInterval() {
        long[] lists = new long[BUCKETS];
        Arrays.fill(lists, 0, JackknifeRatio.FEWEST_BUCKETS - 1, 100);

        assertThat(JackknifeRatio.of(new long[BUCKETS], lists)).isEmpty();
        lists[BUCKETS - 1] = 1;
        assertThat(JackknifeRatio.of(new long[BUCKETS], lists)).isPresent();
    }

    /**
     * Made-up readers whose lists are alike: each has a click rate of their own, from a Beta
     * distribution around 0.12, and a number of lists with a long tail.
     */
    @ParameterizedTest
    @CsvSource({
        // users, spread (a + b of the Beta distribution), mean lists of a user
        "40, 10, 20",
        "100, 10, 20",
        "300, 5, 20",
        "1000, 2, 20",
        "5000, 2, 5",
        "5000, 1000, 5"
    })
    void theIntervalCoversTheTruthAboutAsOftenAsItSays(int users, double spread, int mean) {
        SplittableRandom random = new SplittableRandom(users * 31L + (long) spread);
        double rate = 0.12;
        int covered = 0;
        int coveredByLists = 0;
        int given = 0;
        for (int time = 0; time < TIMES; time++) {
            long[] lists = new long[BUCKETS];
            long[] clicked = new long[BUCKETS];
            for (int user = 0; user < users; user++) {
                int bucket = random.nextInt(BUCKETS);
                double own = beta(random, rate * spread, (1 - rate) * spread);
                int seen = lists(random, mean);
                lists[bucket] += seen;
                clicked[bucket] += binomial(random, seen, own);
            }
            var interval = JackknifeRatio.of(clicked, lists);
            if (interval.isPresent()) {
                given++;
                covered += interval.get().interval().contains(rate) ? 1 : 0;
                coveredByLists +=
                        ConfidenceInterval.wilson(sum(clicked), sum(lists)).contains(rate) ? 1 : 0;
            }
        }
        System.out.printf(
                "coverage of %d readers, spread %.0f, %d lists: buckets %.1f %%, lists %.1f %%%n",
                users, spread, mean, 100.0 * covered / given, 100.0 * coveredByLists / given);

        assertThat(given).isGreaterThan(TIMES / 2);
        assertThat((double) covered / given).isBetween(0.91, 0.98);
    }

    /**
     * Places of a source instead of lists: a list has several, which are looked at together or not,
     * so that clicks on them are alike within a list and within a user.
     */
    @ParameterizedTest
    @CsvSource({
        // users, spread (a + b of the Beta distribution), mean lists of a user, places of a list
        "100, 10, 20, 4",
        "1000, 10, 5, 4",
        "1000, 1000, 5, 10"
    })
    void theIntervalOfPlacesCoversTheTruthAlthoughThoseOfAListAreAlike(
            int users, double spread, int mean, int places) {
        SplittableRandom random = new SplittableRandom(users * 37L + (long) spread);
        double rate = 0.04;
        int covered = 0;
        int coveredByPlaces = 0;
        for (int time = 0; time < TIMES; time++) {
            long[] shown = new long[BUCKETS];
            long[] clicks = new long[BUCKETS];
            for (int user = 0; user < users; user++) {
                int bucket = random.nextInt(BUCKETS);
                double own = beta(random, rate * spread, (1 - rate) * spread);
                for (int list = lists(random, mean); list > 0; list--) {
                    double looked = random.nextBoolean() ? 0.2 : 1.8;
                    shown[bucket] += places;
                    clicks[bucket] += binomial(random, places, Math.min(1, own * looked));
                }
            }
            boolean covers =
                    JackknifeRatio.of(clicks, shown).orElseThrow().interval().contains(rate);
            covered += covers ? 1 : 0;
            coveredByPlaces +=
                    ConfidenceInterval.wilson(sum(clicks), sum(shown)).contains(rate) ? 1 : 0;
        }
        System.out.printf(
                "coverage of %d readers, spread %.0f, %d lists of %d places: buckets %.1f %%,"
                        + " places %.1f %%%n",
                users,
                spread,
                mean,
                places,
                100.0 * covered / TIMES,
                100.0 * coveredByPlaces / TIMES);

        assertThat((double) covered / TIMES).isBetween(0.91, 0.98);
    }

    /** A number of lists from 1, of this mean, with the tail of a log-normal distribution. */
    private static int lists(SplittableRandom random, int mean) {
        return 1 + (int) ((mean - 1) * Math.exp(random.nextGaussian() - 0.5));
    }

    private static int binomial(SplittableRandom random, int n, double p) {
        int sum = 0;
        for (int at = 0; at < n; at++) {
            sum += random.nextDouble() < p ? 1 : 0;
        }
        return sum;
    }

    private static double beta(SplittableRandom random, double a, double b) {
        double x = gamma(random, a);
        return x / (x + gamma(random, b));
    }

    /** Marsaglia and Tsang, A simple method for generating gamma variables, 2000. */
    private static double gamma(SplittableRandom random, double shape) {
        if (shape < 1) {
            return gamma(random, shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0
                    && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
