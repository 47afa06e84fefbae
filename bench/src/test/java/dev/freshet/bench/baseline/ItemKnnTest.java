package dev.freshet.bench.baseline;

import static dev.freshet.bench.baseline.Toys.interaction;
import static dev.freshet.bench.baseline.Toys.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Items 0, 1 and 2 have interactions of 3, 2 and 1 people; two people have both 0 and 1, one has
 * both 0 and 2.
 */
class ItemKnnTest {

    @Test
    void similarityIsTheCosineOfTheItemsPeople() {
        float[] scores = scores(learned(new ItemKnn(4, 100, 0)), interaction(8, 3), 4);
        assertThat(scores[1]).isCloseTo((float) (2 / Math.sqrt(3 * 2)), within(1e-6f));
        assertThat(scores[2]).isCloseTo((float) (1 / Math.sqrt(3)), within(1e-6f));
        assertThat(scores[3]).isZero();
    }

    @Test
    void shrinkageDampsRarePairs() {
        float[] scores = scores(learned(new ItemKnn(4, 100, 10)), interaction(8, 3), 4);
        assertThat(scores[1]).isCloseTo((float) (2 / (Math.sqrt(6) + 10)), within(1e-6f));
        assertThat(scores[2]).isCloseTo((float) (1 / (Math.sqrt(3) + 10)), within(1e-6f));
    }

    @Test
    void onlyItemsOfTheWindowContribute() {
        Baseline last = new ItemKnn(4, 1, 0);
        learned(last);
        last.learn(interaction(8, 3));
        assertThat(scores(last, interaction(8, 1), 3)).containsExactly(sim(1, 3, 1), 0, 0);
    }

    @Test
    void aRepeatedInteractionCountsOnce() {
        Baseline knn = learned(new ItemKnn(4, 100, 0));
        float[] before = scores(knn, interaction(8, 3), 4);
        knn.learn(interaction(0, 1));
        knn.learn(interaction(0, 0));
        assertThat(scores(knn, interaction(8, 3), 4)).containsExactly(before);
    }

    @Test
    void anOversizedTableIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ItemKnn(ItemKnn.MAX_ITEMS + 1, 1, 0));
    }

    /** Person 8 has interacted with item 0, as the third person. */
    private static Baseline learned(Baseline baseline) {
        baseline.learn(interaction(0, 0));
        baseline.learn(interaction(0, 1));
        baseline.learn(interaction(1, 1));
        baseline.learn(interaction(1, 0));
        baseline.learn(interaction(1, 2));
        baseline.learn(interaction(8, 0));
        return baseline;
    }

    private static float sim(int both, int one, int other) {
        return (float) (both / Math.sqrt((double) one * other));
    }
}
