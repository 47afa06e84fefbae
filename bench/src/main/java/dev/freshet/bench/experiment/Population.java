package dev.freshet.bench.experiment;

import dev.freshet.model.sums.BucketSums;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.BucketSums.Tally;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * Simulated users of both arms of an experiment, who do something between two looks at the results.
 * An instance is one run.
 */
interface Population {
    /**
     * Lets the users act.
     *
     * @param look number of the look before which they act, from 0
     * @param control of the control's sums
     * @param treated of the other arm's sums
     */
    void act(int look, Tally control, Tally treated);

    /** Makes a population for each run. */
    @FunctionalInterface
    interface Maker {
        /**
         * Returns the population of a run.
         *
         * @param users of each arm, at the last look
         * @param looks of the run
         */
        Population make(int users, int looks, SplittableRandom random);
    }

    /**
     * Users who arrive evenly and see 1 to 9 lists each. Users' click rates vary by a Beta(1, 11.5)
     * distribution, whose mean is 8 %.
     *
     * @param lift of the click rate in the other arm, as a factor
     */
    static Maker steadyClicks(double lift) {
        return steady(
                (arm, random) -> clicks(arm, 1, random),
                (arm, random) -> clicks(arm, lift, random));
    }

    /** Returns users of both arms who arrive evenly. */
    private static Maker steady(
            BiConsumer<Tally, SplittableRandom> one, BiConsumer<Tally, SplittableRandom> other) {
        return (users, looks, random) ->
                (look, control, treated) -> {
                    int arriving = users * (look + 1) / looks - users * look / looks;
                    for (int user = 0; user < arriving; user++) {
                        one.accept(control, random);
                        other.accept(treated, random);
                    }
                };
    }

    private static void clicks(Tally arm, double lift, SplittableRandom random) {
        int bucket = random.nextInt(BucketSums.BUCKETS);
        double rate = lift * Clicks.rate(random);
        int lists = 1 + random.nextInt(Clicks.MAX_LISTS);
        int clicked = 0;
        for (int list = 0; list < lists; list++) {
            clicked += random.nextDouble() < rate ? 1 : 0;
        }
        arm.add(bucket, Column.USERS, 1);
        arm.add(bucket, Column.LISTS, lists);
        arm.add(bucket, Column.LISTS_CLICKED, clicked);
        arm.add(bucket, Column.CLICKS, clicked);
    }

    /**
     * Users of {@link #steadyClicks} who are all enrolled before the first look and see their lists
     * at any time, so that their windows are not over at most looks.
     */
    static Maker everybodyAtOnce() {
        return AllAtOnce::new;
    }

    /**
     * Users who arrive evenly, of whom 1 % buy once, for amounts of a lognormal distribution.
     *
     * @param sigma of the logarithm of the amounts
     */
    static Maker steadyPurchases(double sigma) {
        BiConsumer<Tally, SplittableRandom> arrives = (arm, random) -> purchase(arm, sigma, random);
        return steady(arrives, arrives);
    }

    private static void purchase(Tally arm, double sigma, SplittableRandom random) {
        int bucket = random.nextInt(BucketSums.BUCKETS);
        arm.add(bucket, Column.USERS, 1);
        if (random.nextDouble() < 0.01) {
            double amount = 30 * Math.exp(sigma * random.nextGaussian());
            arm.add(bucket, Column.CONVERSIONS, 1);
            arm.add(bucket, Column.REVENUE, Math.round(amount * 10_000));
        }
    }

    /** How simulated users click. */
    final class Clicks {
        /** Most lists of a user; the mean is half of one more. */
        static final int MAX_LISTS = 9;

        /** The mean share of lists that are clicked. */
        static final double MEAN_RATE = 0.08;

        private static final double SHAPE = 1 / MEAN_RATE - 1;

        private Clicks() {}

        /** Returns the share of lists that one user clicks. */
        static double rate(SplittableRandom random) {
            return 1 - Math.pow(random.nextDouble(), 1 / SHAPE);
        }
    }

    /** A population that is enrolled before the first look and acts until the last one. */
    final class AllAtOnce implements Population {
        private final int users;
        private final SplittableRandom random;

        /** Lists and clicked lists by arm, look and bucket. */
        private final int[][][] lists;

        private final int[][][] clicked;

        private AllAtOnce(int users, int looks, SplittableRandom random) {
            this.users = users;
            this.random = random;
            lists = new int[2][looks][BucketSums.BUCKETS];
            clicked = new int[2][looks][BucketSums.BUCKETS];
        }

        @Override
        public void act(int look, Tally control, Tally treated) {
            Tally[] arms = {control, treated};
            for (int arm = 0; arm < arms.length; arm++) {
                if (look == 0) {
                    enrol(arm, arms[arm]);
                }
                for (int bucket = 0; bucket < BucketSums.BUCKETS; bucket++) {
                    arms[arm].add(bucket, Column.LISTS, lists[arm][look][bucket]);
                    arms[arm].add(bucket, Column.LISTS_CLICKED, clicked[arm][look][bucket]);
                    arms[arm].add(bucket, Column.CLICKS, clicked[arm][look][bucket]);
                }
            }
        }

        private void enrol(int arm, Tally tally) {
            for (int user = 0; user < users; user++) {
                int bucket = random.nextInt(BucketSums.BUCKETS);
                double rate = Clicks.rate(random);
                int seen = 1 + random.nextInt(Clicks.MAX_LISTS);
                tally.add(bucket, Column.USERS, 1);
                for (int list = 0; list < seen; list++) {
                    int look = random.nextInt(lists[arm].length);
                    lists[arm][look][bucket]++;
                    clicked[arm][look][bucket] += random.nextDouble() < rate ? 1 : 0;
                }
            }
        }
    }
}
