package dev.freshet.model.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemStepTest {
    @Test
    void stepsByOneUserLeadToTheClosedForm() {
        float[] user = GramTest.drawn(new Random(1));
        double[] users = new double[Gram.SIZE];
        Gram.add(users, user, 1);
        float[] item = GramTest.drawn(new Random(2));
        for (int step = 0; step < 5_000; step++) {
            FactorState.ItemStep.move(item, user, users, new float[Gram.RANK], 1, 500);
        }
        // (1 − c s) p − a (T/n) c s p − λ c p = 0 with s = |p|², a T = 1.
        double squares = FactorState.Vectors.dot(user, user);
        double multiple = 1 / (squares * (1 + 0.002 * 500) + 0.01);
        for (int at = 0; at < Gram.RANK; at++) {
            assertThat(item[at]).isCloseTo((float) (multiple * user[at]), within(1e-3f));
        }
    }

    @Test
    void stepsByManyUsersComeNearTheExactSolve() {
        Random random = new Random(3);
        float[][] users = new float[400][];
        double[] mean = new double[Gram.SIZE];
        double[] exact = new double[Gram.SIZE];
        double[] right = new double[Gram.RANK];
        for (int at = 0; at < users.length; at++) {
            users[at] = GramTest.drawn(random);
            users[at][0] += 2;
            users[at][1] -= 1;
            Gram.add(mean, users[at], 1.0 / users.length);
            Gram.add(exact, users[at], 1);
            for (int s = 0; s < Gram.RANK; s++) {
                right[s] += users[at][s];
            }
        }
        double others = 0.002 * 40_000;
        for (int at = 0; at < Gram.SIZE; at++) {
            exact[at] += others * mean[at];
        }
        for (int s = 0; s < Gram.RANK; s++) {
            exact[s * (s + 1) / 2 + s] += 0.01 * users.length;
        }
        Gram.solve(exact, right);
        float[] item = new float[Gram.RANK];
        float[] average = new float[Gram.RANK];
        int count = 0;
        for (int round = 0; round < 40; round++) {
            for (float[] user : users) {
                FactorState.ItemStep.move(item, user, mean, new float[Gram.RANK], 400, 40_000);
                for (int s = 0; s < Gram.RANK && round >= 10; s++) {
                    average[s] += item[s];
                }
                count += round >= 10 ? 1 : 0;
            }
        }
        double apart = 0;
        double length = 0;
        for (int s = 0; s < Gram.RANK; s++) {
            apart += Math.pow(average[s] / count - right[s], 2);
            length += right[s] * right[s];
        }
        assertThat(Math.sqrt(apart / length)).isLessThan(0.25);
    }

    @Test
    void anItemSeenByHardlyAnybodyStaysNearNothingWhereMuchElseIsSeen() {
        float[] user = GramTest.drawn(new Random(1));
        double[] users = new double[Gram.SIZE];
        Gram.add(users, user, 1);
        float[] rare = new float[Gram.RANK];
        float[] common = new float[Gram.RANK];
        for (int step = 0; step < 100; step++) {
            FactorState.ItemStep.move(rare, user, users, new float[Gram.RANK], 1, 1e6);
            FactorState.ItemStep.move(common, user, users, new float[Gram.RANK], 100_000, 1e6);
        }
        assertThat(FactorState.Vectors.dot(rare, user)).isLessThan(0.01f);
        assertThat(FactorState.Vectors.dot(common, user)).isGreaterThan(0.9f);
    }
}
