package dev.freshet.model.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DenseIndexTest {
    private final DenseIndex index = new DenseIndex();

    @Test
    void numbersKeysInOrderOfInsertionLikeAnIndexOfAnyKeys() {
        SplittableRandom random = new SplittableRandom(7);
        IntIndex other = new IntIndex(16);
        index.reserve(2_000);
        for (int n = 0; n < 3_000; n++) {
            int key = random.nextInt(2_000);
            assertThat(index.order(key)).isEqualTo(other.order(key));
            assertThat(index.orderOrInsert(key)).isEqualTo(other.orderOrInsert(key));
            assertThat(index.key(index.order(key))).isEqualTo(key);
        }
        assertThat(index.size()).isEqualTo(other.size());
    }

    @Test
    void isEmptyAfterItWasCleared() {
        index.reserve(10);
        index.orderOrInsert(9);
        index.orderOrInsert(0);
        index.clear();
        assertThat(index.size()).isZero();
        assertThat(index.order(9)).isEqualTo(-1);
        assertThat(index.order(0)).isEqualTo(-1);
    }

    @Test
    void growsToMoreKeysWhileItIsEmpty() {
        index.reserve(2);
        index.orderOrInsert(1);
        index.clear();
        index.reserve(1_000);
        assertThat(index.order(999)).isEqualTo(-1);
        assertThat(index.orderOrInsert(999)).isZero();
    }
}
