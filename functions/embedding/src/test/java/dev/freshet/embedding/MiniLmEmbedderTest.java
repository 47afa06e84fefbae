package dev.freshet.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.Embedding;
import org.junit.jupiter.api.Test;

class MiniLmEmbedderTest {
    private static final MiniLmEmbedder EMBEDDER = new MiniLmEmbedder();

    private static double cosine(String a, String b) {
        byte[] left = rounded(a);
        byte[] right = rounded(b);
        double dot = 0;
        double lefts = 0;
        double rights = 0;
        for (int at = 0; at < left.length; at++) {
            dot += left[at] * right[at];
            lefts += left[at] * left[at];
            rights += right[at] * right[at];
        }
        return dot / Math.sqrt(lefts * rights);
    }

    private static byte[] rounded(String text) {
        return Embedding.of(EMBEDDER.origin(), EMBEDDER.embed(text)).cells();
    }

    @Test
    void textsOfLikeMeaningPointAlikeWithoutSharingAWord() {
        double like = cosine("How to bake bread at home", "Homemade loaves for beginners");
        double unlike = cosine("How to bake bread at home", "Parliament votes on the budget");

        assertThat(like).isGreaterThan(unlike + 0.2);
    }

    @Test
    void theSameTextHasTheSameVectorOfTheStatedLength() {
        float[] vector = EMBEDDER.embed("Tea");

        assertThat(vector).hasSize(EMBEDDER.dimension()).isEqualTo(EMBEDDER.embed("Tea"));
    }

    @Test
    void roundingToBytesHardlyMovesACosine() {
        float[] bread = EMBEDDER.embed("How to bake bread at home");
        float[] loaves = EMBEDDER.embed("Homemade loaves for beginners");
        double exact = 0;
        for (int at = 0; at < bread.length; at++) {
            exact += (double) bread[at] * loaves[at];
        }

        assertThat(cosine("How to bake bread at home", "Homemade loaves for beginners"))
                .isCloseTo(exact, org.assertj.core.data.Offset.offset(0.005));
    }

    @Test
    void aLongTextIsReadToo() {
        assertThat(EMBEDDER.embed("word ".repeat(2_000))).hasSize(384);
    }
}
