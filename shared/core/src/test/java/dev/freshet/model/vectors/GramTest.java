package dev.freshet.model.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GramTest {
    static float[] drawn(Random random) {
        float[] vector = new float[Gram.RANK];
        for (int at = 0; at < vector.length; at++) {
            vector[at] = (float) random.nextGaussian();
        }
        return vector;
    }

    @Test
    void aSumOfOuterProductsTimesAVectorIsTheSumOfScaledVectors() {
        Random random = new Random(1);
        float[] a = drawn(random);
        float[] b = drawn(random);
        float[] v = drawn(random);
        double[] gram = new double[Gram.SIZE];
        Gram.add(gram, a, 2);
        Gram.add(gram, b, -0.5);
        double[] product = Gram.times(gram, v);
        for (int at = 0; at < Gram.RANK; at++) {
            double expected =
                    2.0 * a[at] * FactorState.Vectors.dot(a, v)
                            - 0.5 * b[at] * FactorState.Vectors.dot(b, v);
            assertThat(product[at]).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void theSolutionSolvesItAndSoDoesOneForAnotherRightSide() {
        Random random = new Random(2);
        double[] gram = new double[Gram.SIZE];
        for (int row = 0; row < Gram.RANK; row++) {
            gram[row * (row + 1) / 2 + row] += 0.5;
            Gram.add(gram, drawn(random), 1);
        }
        double[] decomposed = gram.clone();
        double[] first = right(random);
        double[] x = first.clone();
        Gram.solve(decomposed, x);
        assertSolves(gram, x, first);
        double[] second = right(random);
        double[] y = second.clone();
        Gram.substitute(decomposed, y);
        assertSolves(gram, y, second);
    }

    private static double[] right(Random random) {
        return random.doubles(Gram.RANK, -1, 1).toArray();
    }

    private static void assertSolves(double[] gram, double[] x, double[] right) {
        float[] solution = new float[Gram.RANK];
        for (int at = 0; at < Gram.RANK; at++) {
            solution[at] = (float) x[at];
        }
        double[] product = Gram.times(gram, solution);
        for (int at = 0; at < Gram.RANK; at++) {
            assertThat(product[at]).isCloseTo(right[at], within(1e-4));
        }
    }
}
