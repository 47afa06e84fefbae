package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RidgeSystemTest {

    @Test
    void twoUnknownsEqualTheSolutionByHand() {
        RidgeSystem system = new RidgeSystem(2, 0.5);
        system.everywhere(new double[][] {{2, 0}, {0, 2}});
        system.begin();
        system.add(new double[] {1, 1});
        double[] solution = new double[2];
        // (½·4·I + [1 1; 1 1] + 1·I) w = (1, 1): 4 w₁ + w₂ = 1, so both are 0.2.
        system.solve(1, solution);
        assertThat(solution).containsExactly(new double[] {0.2, 0.2}, within(1e-12));
    }

    @Test
    void solvingDiscardsAddedRowsAndKeepsTheSharedTerm() {
        RidgeSystem system = new RidgeSystem(1, 1);
        system.everywhere(new double[][] {{3}});
        double[] solution = new double[1];
        for (int i = 0; i < 2; i++) {
            system.begin();
            system.add(new double[] {1});
            system.solve(2, solution);
            assertThat(solution[0]).isCloseTo(1.0 / (9 + 1 + 2), within(1e-12));
        }
    }

    @Test
    void aLargerSystemLeavesNoResidual() {
        int size = 17;
        SplittableRandom random = new SplittableRandom(3);
        double[][] rows = new double[40][size];
        for (double[] row : rows) {
            for (int c = 0; c < size; c++) {
                row[c] = random.nextGaussian();
            }
        }
        RidgeSystem system = new RidgeSystem(size, 0.1);
        system.everywhere(rows);
        system.begin();
        for (int interactions = 0; interactions < 5; interactions++) {
            system.add(rows[interactions]);
        }
        double[] solution = new double[size];
        system.solve(0.7, solution);
        for (int r = 0; r < size; r++) {
            double residual = 0.7 * solution[r];
            for (int i = 0; i < rows.length; i++) {
                double predicted = dot(rows[i], solution);
                residual += rows[i][r] * 0.1 * predicted;
                residual += i < 5 ? rows[i][r] * (predicted - 1) : 0;
            }
            assertThat(residual).isCloseTo(0, within(1e-10));
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
