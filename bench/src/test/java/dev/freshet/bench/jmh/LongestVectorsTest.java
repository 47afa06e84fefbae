package dev.freshet.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.TopN;
import dev.freshet.model.vectors.Factors;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongestVectorsTest {
    private static final int BEST = 100;

    /**
     * Returns vectors of any direction, whose lengths differ as those of popular and rare items.
     */
    private static float[][] vectors(int size, double spread, RandomGenerator random) {
        float[][] vectors = new float[size][Factors.RANK];
        for (float[] vector : vectors) {
            double length = StrictMath.exp(spread * random.nextGaussian());
            for (int axis = 0; axis < Factors.RANK; axis++) {
                vector[axis] = (float) (length * random.nextGaussian());
            }
        }
        return vectors;
    }

    private static LongestVectors of(float[][] vectors) {
        return LongestVectors.of(
                vectors.length,
                (item, into) -> System.arraycopy(vectors[item], 0, into, 0, Factors.RANK));
    }

    private static ItemScores scanned(float[][] vectors, float[] user) {
        TopN top = new TopN(BEST);
        for (int item = 0; item < vectors.length; item++) {
            float score = 0;
            for (int axis = 0; axis < Factors.RANK; axis++) {
                score += user[axis] * vectors[item][axis];
            }
            top.offer(item, score);
        }
        return ItemScores.drain(top);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theBestOfAScanAreFoundAfterAPartOfTheItems(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        float[][] vectors = vectors(30_000, 0.7, random);
        LongestVectors longest = of(vectors);

        for (float[] user : vectors(20, 0, random)) {
            TopN top = new TopN(BEST);
            int compared = longest.near(user, item -> false, top);

            assertThat(ItemScores.drain(top).items())
                    .containsExactlyInAnyOrder(scanned(vectors, user).items());
            assertThat(compared).isLessThan(vectors.length / 3);
        }
    }

    @Test
    void ownItemsAreLeftOutAndAUserWithoutAVectorFindsNothing() {
        RandomGenerator random = new SplittableRandom(4);
        float[][] vectors = vectors(2_000, 0.7, random);
        LongestVectors longest = of(vectors);
        TopN even = new TopN(BEST);
        TopN none = new TopN(BEST);
        longest.near(vectors[0], item -> item % 2 == 1, even);
        longest.near(new float[Factors.RANK], item -> false, none);

        assertThat(ItemScores.drain(even).items())
                .hasSize(BEST)
                .satisfies(LongestVectorsTest::areEven);
        assertThat(none.size()).isZero();
    }

    private static void areEven(int[] items) {
        for (int item : items) {
            assertThat(item % 2).isZero();
        }
    }

    @Test
    void ofVectorsOfOneLengthTheFirstItemsAreComparedUpToTheBound() {
        float[][] vectors = new float[LongestVectors.MOST + 500][Factors.RANK];
        for (float[] vector : vectors) {
            vector[0] = 1;
        }
        float[] user = vectors[0].clone();
        user[1] = 1;
        TopN top = new TopN(BEST);

        assertThat(of(vectors).near(user, item -> false, top)).isEqualTo(LongestVectors.MOST);
        int[] found = ItemScores.drain(top).items();
        for (int at = 0; at < BEST; at++) {
            assertThat(found[at]).isEqualTo(at);
        }
    }
}
