package dev.freshet.bench.rival;

import static dev.freshet.bench.rival.Toys.interaction;
import static dev.freshet.bench.rival.Toys.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bench.evaluate.Baseline;
import org.junit.jupiter.api.Test;

/** Items 0, 1 and 2 are met by 3, 2 and 1 people; 0 and 1 by two together, 0 and 2 by one. */
class ItemKnnTest {

    @Test
    void similarityIsTheCosineOfWhoSeenThem() {
        float[] scores = scores(learned(new ItemKnn(4, 100, 0)), interaction(8, 3), 4);
        assertThat(scores[1]).isCloseTo((float) (2 / Math.sqrt(3 * 2)), within(1e-6f));
        assertThat(scores[2]).isCloseTo((float) (1 / Math.sqrt(3)), within(1e-6f));
        assertThat(scores[3]).isZero();
    }

    @Test
    void shrinkageTakesFromWhatWasSeenSeldom() {
        float[] scores = scores(learned(new ItemKnn(4, 100, 10)), interaction(8, 3), 4);
        assertThat(scores[1]).isCloseTo((float) (2 / (Math.sqrt(6) + 10)), within(1e-6f));
        assertThat(scores[2]).isCloseTo((float) (1 / (Math.sqrt(3) + 10)), within(1e-6f));
    }

    @Test
    void onlyTheWindowIsAsked() {
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
    void aTableThatWouldNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ItemKnn(ItemKnn.MAX_ITEMS + 1, 1, 0));
    }

    /** Person 8 has met item 0, and is the third to do so. */
    private static Baseline learned(Baseline rival) {
        rival.learn(interaction(0, 0));
        rival.learn(interaction(0, 1));
        rival.learn(interaction(1, 1));
        rival.learn(interaction(1, 0));
        rival.learn(interaction(1, 2));
        rival.learn(interaction(8, 0));
        return rival;
    }

    private static float sim(int both, int one, int other) {
        return (float) (both / Math.sqrt((double) one * other));
    }
}
