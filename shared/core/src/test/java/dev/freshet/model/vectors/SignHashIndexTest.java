package dev.freshet.model.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.Embedding;
import dev.freshet.model.rows.TopN;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignHashIndexTest {
    private static final int ITEMS = 3_000;
    private static final int TOPICS = 100;

    /** Returns a vector near one of many topics, all of which are in one half of the space. */
    private static Direction direction(SplittableRandom random, int dimension) {
        SplittableRandom topic = new SplittableRandom(random.nextInt(TOPICS));
        float[] vector = new float[dimension];
        for (int at = 0; at < dimension; at++) {
            vector[at] = (float) (1 + topic.nextDouble(-1, 1) + random.nextDouble(-0.5, 0.5));
        }
        return direction(vector);
    }

    private static Direction direction(float[] vector) {
        byte[] cells = Embedding.of(Embedding.GIVEN, vector).cells();
        return new Direction(cells, Direction.dot(cells, cells));
    }

    private static Direction[] directions(SplittableRandom random, int dimension) {
        Direction[] all = new Direction[ITEMS];
        Arrays.setAll(all, item -> direction(random, dimension));
        return all;
    }

    @ParameterizedTest
    @CsvSource({"384, 1", "384, 2", "256, 3", "32, 4", "5, 5"})
    void nearlyAllOfTheNearestTenAreAmongTheFewNamed(int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Direction[] all = directions(random, dimension);
        SignHashIndex index = SignHashIndex.of(dimension, ITEMS, item -> all[item]);
        int found = 0;
        for (int query = 0; query < 40; query++) {
            Direction asked = direction(random, dimension);
            TopN top = new TopN(10);
            for (int item = 0; item < ITEMS; item++) {
                top.offer(item, asked.cosine(all[item]));
            }
            int[] exact = new int[10];
            top.drain(exact, new float[10]);
            int[] named = index.nearest(asked, 300);
            Arrays.sort(named);
            for (int item : exact) {
                found += Arrays.binarySearch(named, item) >= 0 ? 1 : 0;
            }
        }
        assertThat(found / 400.0).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void anItemIsNearestToItselfAndEachIsNamedOnce() {
        SplittableRandom random = new SplittableRandom(6);
        Direction[] all = directions(random, 64);
        SignHashIndex index = SignHashIndex.of(64, ITEMS, item -> all[item]);

        assertThat(index.nearest(all[1_234], 1)).containsExactly(1_234);
        assertThat(index.nearest(all[7], 2 * ITEMS)).hasSize(ITEMS).doesNotHaveDuplicates();
    }

    @Test
    void indexesWithoutADirectionAreLeftOut() {
        SplittableRandom random = new SplittableRandom(7);
        Direction[] all = directions(random, 300);
        SignHashIndex index =
                SignHashIndex.of(300, ITEMS, item -> item % 3 == 0 ? all[item] : null);

        assertThat(index.size()).isEqualTo(ITEMS / 3);
        assertThat(Arrays.stream(index.nearest(all[0], 50)).map(item -> item % 3))
                .hasSize(50)
                .containsOnly(0);
    }

    @Test
    void theNextIndexTakesOverWhatStayedAndWorksOutWhatChanged() {
        SplittableRandom random = new SplittableRandom(8);
        Direction[] before = directions(random, 48);
        Direction[] after = before.clone();
        after[0] = null;
        after[5] = direction(random, 48);
        after[17] = before[18];
        before[2_999] = null;
        Set<Integer> changed = Set.of(0, 5, 17, 2_999);
        SignHashIndex first = SignHashIndex.of(48, ITEMS, item -> before[item]);
        SignHashIndex next =
                first.following(ITEMS, item -> after[item], item -> !changed.contains(item));

        assertThat(next.size()).isEqualTo(ITEMS - 1);
        assertThat(next.nearest(after[5], 1)).containsExactly(5);
        assertThat(next.nearest(before[18], 2)).containsExactly(17, 18);
        assertThat(next.nearest(after[2_999], 1)).containsExactly(2_999);
        assertThat(next.nearest(before[100], 50)).isEqualTo(first.nearest(before[100], 50));
    }

    @Test
    void theMeanIsTakenAnewWhenThereAreManyMore() {
        SplittableRandom random = new SplittableRandom(9);
        Direction[] all = directions(random, 48);
        SignHashIndex small = SignHashIndex.of(48, 100, item -> all[item]);
        SignHashIndex grown = small.following(ITEMS, item -> all[item], item -> item < 100);

        assertThat(grown.nearest(all[77], 20))
                .isEqualTo(SignHashIndex.of(48, ITEMS, item -> all[item]).nearest(all[77], 20));
    }

    @Test
    void withoutDirectionsNothingIsNear() {
        SignHashIndex index = SignHashIndex.of(2, 100, item -> null);

        assertThat(index.nearest(direction(new float[] {1, 0}), 10)).isEmpty();
    }
}
