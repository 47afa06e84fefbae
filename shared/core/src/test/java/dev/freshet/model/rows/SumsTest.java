package dev.freshet.model.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sumsAreThoseOfAMapTimeAfterTime(long seed) {
        Random random = new Random(seed);
        Sums sums = new Sums();
        for (int round = 0; round < 20; round++) {
            int keys = 50 << (round % 5);
            sums.reserve(keys);
            sums.expect(1_000);
            Map<Integer, Float> expected = new HashMap<>();
            for (int i = 0; i < 1_000; i++) {
                int key = random.nextInt(keys);
                sums.add(key, 1 + key % 3);
                expected.merge(key, 1f + key % 3, Float::sum);
            }
            Map<Integer, Float> held = new HashMap<>();
            for (int order = 0; order < sums.size(); order++) {
                held.put(sums.key(order), sums.get(sums.key(order)));
            }
            assertThat(held).isEqualTo(expected);
            sums.clear();
            assertThat(sums.size()).isZero();
            for (int key = 0; key < keys; key++) {
                assertThat(sums.get(key)).isZero();
            }
        }
    }

    @Test
    void aKeyWhoseSumCameBackToZeroIsTakenOnce() {
        Sums sums = new Sums();
        sums.reserve(4);
        sums.expect(3);
        sums.add(2, 1);
        sums.add(2, -1);
        sums.add(2, 5);
        assertThat(sums.size()).isEqualTo(2);
        assertThat(sums.take(sums.key(0))).isEqualTo(5);
        assertThat(sums.take(sums.key(1))).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aVectorMadeOfDistinctKeysAnswersAsOneThatWasFilled(long seed) {
        Random random = new Random(seed);
        Map<Integer, Float> all = new LinkedHashMap<>();
        for (int i = 0; i < 700; i++) {
            all.put(random.nextInt(), random.nextFloat());
        }
        int[] keys = all.keySet().stream().mapToInt(key -> key).toArray();
        float[] values = new float[keys.length];
        IntFloats filled = new IntFloats(1);
        for (int order = 0; order < keys.length; order++) {
            values[order] = all.getOrDefault(keys[order], 0f);
            filled.put(keys[order], values[order]);
        }
        IntFloats made = IntFloats.ofDistinct(keys.clone(), values);
        for (int key : keys) {
            assertThat(made.get(key)).isEqualTo(filled.get(key));
            assertThat(made.order(key)).isEqualTo(filled.order(key));
            assertThat(made.contains(key + 1)).isEqualTo(filled.contains(key + 1));
        }
        made.add(keys[0], 1);
        made.put(Integer.MAX_VALUE, 2);
        assertThat(made.get(keys[0])).isEqualTo(filled.get(keys[0]) + 1);
        assertThat(made.get(Integer.MAX_VALUE)).isEqualTo(2);
        IntFloats none = IntFloats.ofDistinct(new int[0], new float[0]);
        none.put(7, 1);
        assertThat(none.get(7)).isEqualTo(1);
    }

    @Test
    void whatDoesNotExceedTheFloorDoesNotEnter() {
        TopN top = new TopN(2);
        top.offer(1, 5);
        assertThat(top.floor()).isEqualTo(Float.NEGATIVE_INFINITY);
        top.offer(2, 3);
        assertThat(top.floor()).isEqualTo(3);
        top.offer(3, 3);
        assertThat(top.floor()).isEqualTo(3);
        top.offer(4, 4);
        assertThat(top.floor()).isEqualTo(4);
    }
}
