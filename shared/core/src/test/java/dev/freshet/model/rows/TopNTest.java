package dev.freshet.model.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopNTest {
    @Test
    void theBestAreThoseOfASortedListAndOfEqualsTheFirst() {
        int[] limitsOfAThousand = {0, 1, 7, 200, 5_000};
        for (int seed = 0; seed < 205; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean ofAThousand = seed >= 200;
            float[] scores = new float[ofAThousand ? 1_000 : random.nextInt(300)];
            int limit = ofAThousand ? limitsOfAThousand[seed - 200] : random.nextInt(1, 100);
            TopN top = new TopN(limit);
            for (int key = 0; key < scores.length; key++) {
                scores[key] = random.nextInt(-20, 20) / 7f;
                top.offer(key, scores[key]);
            }
            List<Integer> best =
                    IntStream.range(0, scores.length)
                            .boxed()
                            .sorted(Comparator.comparingDouble(key -> -scores[key]))
                            .limit(limit)
                            .toList();
            int[] keys = new int[top.size()];
            float[] drained = new float[keys.length];
            top.drain(keys, drained);
            assertThat(keys).as("seed %d", seed).containsExactly(ints(best));
            for (int rank = 0; rank < keys.length; rank++) {
                assertThat(drained[rank]).isEqualTo(scores[keys[rank]]);
            }
            assertThat(top.size()).isZero();
        }
    }

    @Test
    void zerosAreEqualWhateverTheirSign() {
        TopN top = new TopN(2);
        top.offer(1, -0f);
        top.offer(2, 0f);
        top.offer(3, -Float.MIN_VALUE);
        int[] keys = new int[2];
        top.drain(keys, new float[2]);
        assertThat(keys).containsExactly(1, 2);
    }

    @Test
    void theFloorIsTheWorstOfThoseSelectedOnceThereAreEnough() {
        TopN top = new TopN(2);
        top.offer(1, Float.NEGATIVE_INFINITY);
        assertThat(top.floor()).isEqualTo(Float.NEGATIVE_INFINITY);
        top.offer(2, 5);
        top.offer(3, -3.5f);
        assertThat(top.floor()).isEqualTo(-3.5f);
    }

    private static int[] ints(List<Integer> keys) {
        return keys.stream().mapToInt(Integer::intValue).toArray();
    }
}
