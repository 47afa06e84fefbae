package dev.freshet.bench.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SecondOrderTest {
    private static final int ITEMS = 40;

    /** Signal 1 is nearly a copy of signal 0, and people choose by the first and the last. */
    private static final double[] TRUE = {1.2, 0, -0.7};

    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void addsNothingUntilItHasLearned() {
        assertThat(new SecondOrder(3).added(items())).containsOnly(0);
    }

    @Test
    void findsWhatPeopleChooseByAmongSignalsThatVaryTogether() {
        SecondOrder second = new SecondOrder(3);
        Listwise first = new FactorisationMachine(3, 1);
        for (int choice = 0; choice < 1_500; choice++) {
            double[][] items = items();
            int chosen = choose(items);
            second.learn(items, new double[ITEMS], chosen);
            first.learn(items, new double[ITEMS], chosen);
        }

        assertThat(distance(second)).isLessThan(0.25).isLessThan(distance(first));
    }

    @Test
    void leavesAScoreAloneThatIsRightAlready() {
        SecondOrder second = new SecondOrder(3);
        for (int choice = 0; choice < 1_500; choice++) {
            double[][] items = items();
            second.learn(items, trueScores(items), choose(items));
        }

        double[] added = second.added(items());
        assertThat(Arrays.stream(added).map(Math::abs).max().orElseThrow()).isLessThan(0.6);
    }

    /** Returns the mean distance of what is added from the true scores, both without their mean. */
    private double distance(Reranker reranker) {
        double[][] items = items();
        double[] added = reranker.added(items);
        double[] wanted = trueScores(items);
        double shift = Arrays.stream(wanted).sum() / ITEMS - Arrays.stream(added).sum() / ITEMS;
        double sum = 0;
        for (int at = 0; at < ITEMS; at++) {
            sum += Math.abs(added[at] + shift - wanted[at]);
        }
        return sum / ITEMS;
    }

    private double[][] items() {
        double[][] items = new double[ITEMS][];
        for (int at = 0; at < ITEMS; at++) {
            double first = random.nextGaussian();
            double copy = first + 0.3 * random.nextGaussian();
            items[at] = new double[] {first, copy, random.nextGaussian()};
        }
        return items;
    }

    private static double[] trueScores(double[][] items) {
        return Arrays.stream(items)
                .mapToDouble(item -> TRUE[0] * item[0] + TRUE[1] * item[1] + TRUE[2] * item[2])
                .toArray();
    }

    private int choose(double[][] items) {
        double[] shares = Reranker.shares(trueScores(items), new double[ITEMS]);
        double draw = random.nextDouble();
        int chosen = 0;
        while (chosen < ITEMS - 1 && draw >= shares[chosen]) {
            draw -= shares[chosen++];
        }
        return chosen;
    }
}
