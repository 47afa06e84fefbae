package dev.freshet.bench.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ListwiseTest {
    private static final int SIGNALS = 7;

    private static List<Listwise> scores() {
        return List.of(new FactorisationMachine(SIGNALS, 3), new CrossNetwork(SIGNALS, 3));
    }

    private static double[] numbers(int size, SplittableRandom random) {
        double[] numbers = new double[size];
        for (int at = 0; at < size; at++) {
            numbers[at] = random.nextGaussian();
        }
        return numbers;
    }

    @Test
    void theScoreOfEveryItemIsZeroAtTheStart() {
        for (Listwise score : scores()) {
            double[] item = numbers(SIGNALS, new SplittableRandom(1));
            assertThat(score.added(item)).isZero();
        }
    }

    @Test
    void gradientsAreFiniteDifferences() {
        SplittableRandom random = new SplittableRandom(2);
        for (Listwise score : scores()) {
            double[] parameters = score.parameters();
            for (int at = 0; at < parameters.length; at++) {
                parameters[at] += random.nextGaussian(0, 0.2);
            }
            double[] item = numbers(SIGNALS, random);
            double[] gradient = new double[parameters.length];
            score.addGradient(item, 2, gradient);
            double step = 1e-6;
            for (int at = 0; at < parameters.length; at++) {
                double before = parameters[at];
                parameters[at] = before + step;
                double up = score.added(item);
                parameters[at] = before - step;
                double down = score.added(item);
                parameters[at] = before;
                assertThat(gradient[at])
                        .as(score.getClass() + " " + at)
                        .isCloseTo(2 * (up - down) / (2 * step), within(1e-4));
            }
        }
    }

    @Test
    void aPairOfSignalsThatTheBlendDoesNotKnowIsLearned() {
        for (Listwise score : scores()) {
            SplittableRandom random = new SplittableRandom(5);
            double before = 0;
            double after = 0;
            for (int choice = 0; choice < 6_000; choice++) {
                double[][] items = new double[10][];
                int chosen = 0;
                for (int at = 0; at < items.length; at++) {
                    items[at] = numbers(SIGNALS, random);
                    chosen =
                            items[at][0] * items[at][1] > items[chosen][0] * items[chosen][1]
                                    ? at
                                    : chosen;
                }
                double share = Reranker.shares(new double[10], score.added(items))[chosen];
                before += choice < 500 ? share / 500 : 0;
                after += choice >= 5_500 ? share / 500 : 0;
                score.learn(items, new double[10], chosen);
            }
            assertThat(before).isLessThan(0.25);
            assertThat(after).as(score.getClass().toString()).isGreaterThan(0.4);
        }
    }
}
