package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestItemsTest {
    /** Person 0 has items 0 and 1, person 1 as well, person 2 item 0 alone, person 3 items 1, 2. */
    private static final Histories PEOPLE = Toys.people(new int[][] {{0, 1}, {0, 1}, {0}, {1, 2}});

    @Test
    void withAllNeighboursTheScoresEqualTheIncrementalOnes() {
        List<FirstInteraction> stream = Toys.twoGroups(30, 20, 300, 5);
        Baseline counted = new ItemKnn(20, Histories.MAX_ITEMS, 3);
        Baseline found = new Retrained(NearestItems.cosine(20, 3), Retrained.Schedule.WHEN_ASKED);
        stream.forEach(counted::learn);
        stream.forEach(found::learn);
        for (int person = 0; person < 30; person++) {
            float[] one = Toys.scores(counted, Toys.interaction(person, 0), 20);
            float[] other = Toys.scores(found, Toys.interaction(person, 0), 20);
            assertThat(other).containsExactly(one, within(1e-4f));
        }
    }

    @Test
    void onlyTheMostSimilarItemsContribute() {
        NearestItems nearest = NearestItems.cosine(1, 0);
        nearest.train(Toys.people(new int[][] {{0, 1}, {0, 1, 2}, {0, 2, 3}, {3}}), 4);
        float similarity = (float) (2 / Math.sqrt(3 * 2));
        assertThat(Toys.scores(nearest, 5, 0, 4)).containsExactly(0, similarity, 0, 0, 0);
    }

    @Test
    void scoresAreTheProbabilitiesOfWalksOfThreeSteps() {
        float[] scores = scores(NearestItems.walks(10, 1, 0), 0);

        // From item 0 to each of three holders, and on to one of two items, or to the only one.
        assertThat(scores[0]).isEqualTo(2 / 3f, within(1e-6f));
        assertThat(scores[1]).isEqualTo(1 / 3f, within(1e-6f));
        assertThat(scores[2]).isZero();
    }

    @Test
    void popularItemsAreDividedByAPowerOfTheirHolders() {
        float[] scores = scores(NearestItems.walks(10, 1, 0.5), 1);

        // From item 1: holders 0, 1 and 3, each with two items; 3, 3 and 1 people hold the items.
        assertThat(scores[0]).isEqualTo((float) (1 / 3.0 / Math.sqrt(3)), within(1e-6f));
        assertThat(scores[1]).isEqualTo((float) (1 / 2.0 / Math.sqrt(3)), within(1e-6f));
        assertThat(scores[2]).isEqualTo((float) (1 / 6.0), within(1e-6f));
    }

    @Test
    void everyStepIsRaisedToAlpha() {
        float[] scores = scores(NearestItems.walks(10, 2, 0), 0, 1);

        // 1/2 for the first step, 1/3 for the second, 1/2 or 1 for the third, all squared.
        double toOne = 1 / 4.0 * (1 / 9.0 * (2 / 4.0) + 1 / 9.0 * (3 / 4.0));
        assertThat(scores[1]).isEqualTo((float) toOne, within(1e-6f));
    }

    @Test
    void onlyTheHeaviestItemsOfEachAreKept() {
        float[] scores = scores(NearestItems.walks(1, 1, 0), 1);

        assertThat(scores[1]).isPositive();
        assertThat(scores[0]).isZero();
        assertThat(scores[2]).isZero();
    }

    private static float[] scores(NearestItems walk, int... history) {
        walk.train(PEOPLE, 3);
        return Toys.scores(walk, 3, history);
    }
}
