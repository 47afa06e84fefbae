package dev.freshet.bench.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HoeffdingTreeTest {
    private static final int AGE = 2;

    /** Returns a row of the generator of Agrawal, Imielinski and Swami (1993). */
    private static double[] agrawal(SplittableRandom random) {
        double salary = random.nextDouble(20_000, 150_000);
        double commission = salary >= 75_000 ? 0 : random.nextDouble(10_000, 75_000);
        int zip = random.nextInt(9);
        double house = (9 - zip) * 100_000 * random.nextDouble(0.5, 1.5);
        return new double[] {
            salary,
            commission,
            random.nextInt(20, 81),
            random.nextInt(5),
            random.nextInt(1, 21),
            zip,
            house,
            random.nextInt(1, 31),
            random.nextDouble(500_000)
        };
    }

    /** Returns the class of the generator's function 0, which depends on age alone. */
    private static int label(double[] row) {
        return row[AGE] < 40 || row[AGE] >= 60 ? 0 : 1;
    }

    /** Returns the share of rows predicted before they were learned. */
    private static double accuracy(HoeffdingTree tree, int rows) {
        SplittableRandom random = new SplittableRandom(42);
        int right = 0;
        for (int at = 0; at < rows; at++) {
            double[] row = agrawal(random);
            right += (tree.added(row) > 0 ? 1 : 0) == label(row) ? 1 : 0;
            tree.learn(row, label(row), 1);
        }
        return (double) right / rows;
    }

    @Test
    void withBayesLeavesItLearnsAgrawalsFunctionAtTheKnownRate() {
        HoeffdingTree tree = new HoeffdingTree(9, HoeffdingTree.Leaves.BAYES, 100, 0.02);
        assertThat(accuracy(tree, 1_000)).isBetween(0.82, 0.88);
        HoeffdingTree longer = new HoeffdingTree(9, HoeffdingTree.Leaves.BAYES, 100, 0.02);
        assertThat(accuracy(longer, 20_000)).isGreaterThanOrEqualTo(0.97);
        assertThat(longer.splitSignals()).isEqualTo(1L << AGE);
    }

    @Test
    void withCountsItLearnsAgrawalsFunctionByItsSplitsAlone() {
        HoeffdingTree tree = new HoeffdingTree(9, HoeffdingTree.Leaves.COUNTS, 100, 0.02);
        assertThat(accuracy(tree, 20_000)).isGreaterThanOrEqualTo(0.96);
        assertThat(tree.splitSignals()).isEqualTo(1L << AGE);
    }

    @Test
    void rowsWithoutAPatternSplitNoLeaf() {
        HoeffdingTree tree = new HoeffdingTree(9, HoeffdingTree.Leaves.COUNTS, 100, 0.02);
        SplittableRandom random = new SplittableRandom(7);
        for (int at = 0; at < 20_000; at++) {
            tree.learn(agrawal(random), random.nextInt(2), 1);
        }
        assertThat(tree.leaves()).isEqualTo(1);
    }

    @Test
    void anUntaughtTreeAddsNothing() {
        double[][] items = {{1, 2}, {3, 4}};
        assertThat(new HoeffdingTree(2, HoeffdingTree.Leaves.COUNTS).added(items)).containsOnly(0);
    }

    @Test
    void whereTheBlendIsRightATreeAddsNothingAndElseWhatItMissed() {
        HoeffdingTree right = new HoeffdingTree(2, HoeffdingTree.Leaves.COUNTS);
        HoeffdingTree missing = new HoeffdingTree(2, HoeffdingTree.Leaves.COUNTS);
        SplittableRandom random = new SplittableRandom(3);
        for (int choice = 0; choice < 3_000; choice++) {
            double[][] items = new double[10][2];
            int large = -1;
            for (int at = 0; at < items.length; at++) {
                items[at] = new double[] {random.nextGaussian(), random.nextGaussian()};
                large = items[at][1] > 0.5 && large < 0 ? at : large;
            }
            int any = random.nextInt(10);
            right.learn(items, new double[10], any);
            missing.learn(items, new double[10], large < 0 ? any : large);
        }
        double[][] pair = {{0, -1}, {0, 1}};
        assertThat(right.added(pair)[1] - right.added(pair)[0]).isCloseTo(0, within(0.2));
        assertThat(missing.added(pair)[1] - missing.added(pair)[0]).isGreaterThan(1);
    }

    @Test
    void theNormalDistributionIsThatOfTables() {
        assertThat(HoeffdingTree.GaussianObserver.normal(0)).isCloseTo(0.5, within(1e-6));
        assertThat(HoeffdingTree.GaussianObserver.normal(1.959964)).isCloseTo(0.975, within(1e-6));
        assertThat(HoeffdingTree.GaussianObserver.normal(-1)).isCloseTo(0.158655, within(1e-6));
    }
}
