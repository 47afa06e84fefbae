package dev.freshet.model.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void arraysHoldWhatWasSetAndEarlierVersionsStayAsTheyWere(long seed) {
        Random random = new Random(seed);
        Ints ints = Ints.EMPTY;
        Longs longs = Longs.EMPTY;
        Refs<String> refs = Refs.empty();
        Map<Integer, Integer> expected = new HashMap<>();
        List<Ints> versions = new ArrayList<>();
        List<Map<Integer, Integer>> then = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            Ints.Draft intsDraft = ints.draft();
            Longs.Draft longsDraft = longs.draft();
            Refs.Draft<String> refsDraft = refs.draft();
            for (int i = 0; i < 50; i++) {
                int index = random.nextInt(2_000);
                int value = random.nextInt(5) - 2;
                expected.put(index, value);
                intsDraft.set(index, value);
                longsDraft.set(index, value * 10_000_000_000L);
                refsDraft.set(index, value == 0 ? null : "v" + value);
            }
            ints = intsDraft.seal();
            longs = longsDraft.seal();
            refs = refsDraft.seal();
            versions.add(ints);
            then.add(new HashMap<>(expected));
            intsDraft.set(random.nextInt(2_000), 99);
        }
        for (int index = 0; index < 3_000; index++) {
            int value = expected.getOrDefault(index, 0);
            assertThat(longs.get(index)).isEqualTo(value * 10_000_000_000L);
            assertThat(refs.get(index)).isEqualTo(value == 0 ? null : "v" + value);
            for (int version = 0; version < versions.size(); version++) {
                assertThat(versions.get(version).get(index))
                        .isEqualTo(then.get(version).getOrDefault(index, 0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void slotsFindWhatAMapWouldFindAfterAnyInsertionsAndRemovals(long seed) {
        Random random = new Random(seed);
        Map<Integer, Integer> slotOf = new HashMap<>();
        int[] keys = new int[4_000];
        Slots slots = Slots.EMPTY;
        int used = 0;
        for (int round = 0; round < 40; round++) {
            Slots.Draft draft = slots.draft();
            for (int i = 0; i < 100; i++) {
                int key = random.nextInt(3_000) % 700 * 1_024;
                Integer known = slotOf.get(key);
                if (known == null) {
                    keys[used] = key;
                    draft.insert(used, slot -> keys[slot]);
                    slotOf.put(key, used++);
                } else if (random.nextBoolean()) {
                    draft.remove(known, slot -> keys[slot]);
                    slotOf.remove(key);
                }
            }
            slots = draft.seal();
            for (int n = 0; n < 700; n++) {
                int key = n * 1_024;
                assertThat(slots.find(key, slot -> keys[slot] == key))
                        .isEqualTo(slotOf.getOrDefault(key, -1));
            }
        }
    }

    @Test
    void aSparseVectorSumsAndKeepsTheOrderOfComingWhileItGrows() {
        IntFloats vector = new IntFloats(1);
        for (int round = 0; round < 3; round++) {
            for (int key = 0; key < 5_000; key++) {
                vector.add(key * 31 - 1_000, 0.5f);
            }
        }
        assertThat(vector.size()).isEqualTo(5_000);
        for (int order = 0; order < 5_000; order++) {
            assertThat(vector.key(order)).isEqualTo(order * 31 - 1_000);
            assertThat(vector.value(order)).isEqualTo(1.5f);
        }
        assertThat(vector.get(7)).isZero();
        assertThat(vector.contains(7)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsRemovedFromAnIndexIsGoneAndTheLastTakesItsNumber(long seed) {
        Random random = new Random(seed);
        IntIndex index = new IntIndex(4);
        List<Integer> keys = new ArrayList<>();
        for (int turn = 0; turn < 5_000; turn++) {
            int key = 64 * random.nextInt(80);
            int known = keys.indexOf(key);
            if (random.nextBoolean()) {
                assertThat(index.remove(key)).isEqualTo(known);
                if (known >= 0) {
                    keys.set(known, keys.getLast());
                    keys.removeLast();
                }
            } else if (known < 0) {
                assertThat(index.orderOrInsert(key)).isEqualTo(keys.size());
                keys.add(key);
            }
            assertThat(index.size()).isEqualTo(keys.size());
            for (int order = 0; order < keys.size(); order++) {
                assertThat(index.order(keys.get(order))).isEqualTo(order);
                assertThat(index.key(order)).isEqualTo(keys.get(order));
            }
        }
    }
}
