package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ItemNeighboursTest {
    private static final List<FirstInteraction> STREAM = Toys.twoGroups(30, 20, 300, 5);

    @Test
    void withAllNeighboursTheScoresEqualTheIncrementalOnes() {
        Baseline counted = new ItemKnn(20, Histories.MAX_ITEMS, 3);
        Baseline found = new Retrained(new ItemNeighbours(20, 3), Retrained.Schedule.WHEN_ASKED);
        STREAM.forEach(counted::learn);
        STREAM.forEach(found::learn);
        for (int person = 0; person < 30; person++) {
            float[] one = Toys.scores(counted, Toys.interaction(person, 0), 20);
            float[] other = Toys.scores(found, Toys.interaction(person, 0), 20);
            assertThat(other).containsExactly(one, within(1e-4f));
        }
    }

    @Test
    void onlyTheMostSimilarItemsContribute() {
        ItemNeighbours nearest = new ItemNeighbours(1, 0);
        nearest.train(Toys.people(new int[][] {{0, 1}, {0, 1, 2}, {0, 2, 3}, {3}}), 4);
        float similarity = (float) (2 / Math.sqrt(3 * 2));
        assertThat(Toys.scores(nearest, 5, 0, 4)).containsExactly(0, similarity, 0, 0, 0);
    }
}
