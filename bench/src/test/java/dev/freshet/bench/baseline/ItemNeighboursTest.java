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
        Histories people = new Histories();
        put(people, 0, 0, 1);
        put(people, 1, 0, 1, 2);
        put(people, 2, 0, 2, 3);
        put(people, 3, 3);
        ItemNeighbours nearest = new ItemNeighbours(1, 0);
        nearest.train(people, 4);
        float[] scores = new float[5];
        nearest.score(new int[] {0, 4}, 2, scores);
        float similarity = (float) (2 / Math.sqrt(3 * 2));
        assertThat(scores).containsExactly(0, similarity, 0, 0, 0);
    }

    private static void put(Histories people, int person, int... items) {
        for (int item : items) {
            people.add(person, item);
        }
    }
}
