package dev.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    @Test
    void theLargestComponentFillsAByteAndTheOthersKeepTheirShare() {
        Embedding embedding = Embedding.of("m", new float[] {0.5f, -2, 1, 0});

        assertThat(embedding.cells()).containsExactly(32, -127, 64, 0);
        assertThat(embedding.space()).isEqualTo("m/4");
    }

    @Test
    void theLengthOfAVectorIsNotKept() {
        assertThat(Embedding.of("m", new float[] {3, -4}))
                .isEqualTo(Embedding.of("m", new float[] {0.3f, -0.4f}));
        assertThat(Embedding.of("m", new float[] {Float.MAX_VALUE, 1}).cells())
                .containsExactly(127, 0);
        assertThat(Embedding.of("m", new float[] {Float.MIN_VALUE, 0}).cells())
                .containsExactly(127, 0);
    }

    @Test
    void aVectorWithoutADirectionIsNone() {
        assertThat(Embedding.given(List.of())).isSameAs(Embedding.NONE);
        assertThat(Embedding.of("m", new float[] {0, -0f})).isSameAs(Embedding.NONE);
    }

    @Test
    void whatIsReadBackIsRoundedTheSameWay() {
        float[] vector = {0.3f, 0.71f, -0.999f, 0.013f};
        Embedding once = Embedding.of("m", vector);

        assertThat(Embedding.of("m", once.numbers())).isEqualTo(once);
        assertThat(Embedding.ofCells("m", once.cells())).isEqualTo(once).hasSameHashCodeAs(once);
    }

    @Test
    void vectorsOfOtherOriginOrLengthAreOtherVectors() {
        Embedding one = Embedding.of("m", new float[] {1, 0});

        assertThat(one).isNotEqualTo(Embedding.of("n", new float[] {1, 0}));
        assertThat(one).isNotEqualTo(Embedding.of("m", new float[] {1, 0, 0}));
    }

    @Test
    void whatIsNoVectorIsRefused() {
        assertThatThrownBy(() -> Embedding.of("m", new float[] {1, Float.NaN}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Embedding.ofCells("", new byte[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Embedding.ofCells("m", new byte[1_025]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
