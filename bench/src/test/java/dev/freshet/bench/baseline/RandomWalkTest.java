package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Person 0 has items 0 and 1, person 1 as well, person 2 item 0 alone, person 3 items 1 and 2. */
class RandomWalkTest {
    @Test
    void scoresAreTheProbabilitiesOfWalksOfThreeSteps() {
        float[] scores = scores(new RandomWalk(10, 1, 0), 0);

        // From item 0 to each of three holders, and on to one of two items, or to the only one.
        assertThat(scores[0]).isEqualTo(2 / 3f, within(1e-6f));
        assertThat(scores[1]).isEqualTo(1 / 3f, within(1e-6f));
        assertThat(scores[2]).isZero();
    }

    @Test
    void popularItemsAreDividedByAPowerOfTheirHolders() {
        float[] scores = scores(new RandomWalk(10, 1, 0.5), 1);

        // From item 1: holders 0, 1 and 3, each with two items; 3, 3 and 1 people hold the items.
        assertThat(scores[0]).isEqualTo((float) (1 / 3.0 / Math.sqrt(3)), within(1e-6f));
        assertThat(scores[1]).isEqualTo((float) (1 / 2.0 / Math.sqrt(3)), within(1e-6f));
        assertThat(scores[2]).isEqualTo((float) (1 / 6.0), within(1e-6f));
    }

    @Test
    void everyStepIsRaisedToAlpha() {
        float[] scores = scores(new RandomWalk(10, 2, 0), 0, 1);

        // 1/2 for the first step, 1/3 for the second, 1/2 or 1 for the third, all squared.
        double toOne = 1 / 4.0 * (1 / 9.0 * (2 / 4.0) + 1 / 9.0 * (3 / 4.0));
        assertThat(scores[1]).isEqualTo((float) toOne, within(1e-6f));
    }

    @Test
    void onlyTheHeaviestItemsOfEachAreKept() {
        float[] scores = scores(new RandomWalk(1, 1, 0), 1);

        assertThat(scores[1]).isPositive();
        assertThat(scores[0]).isZero();
        assertThat(scores[2]).isZero();
    }

    private static float[] scores(RandomWalk walk, int... history) {
        walk.train(Toys.people(new int[][] {{0, 1}, {0, 1}, {0}, {1, 2}}), 3);
        return Toys.scores(walk, 3, history);
    }
}
