package dev.freshet.itemflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Embedder;
import dev.freshet.catalog.Embedder.EmbedderUnavailableException;
import dev.freshet.catalog.Embedder.InputRefusedException;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.model.Examples;
import dev.freshet.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ItemEmbeddingTest {
    private static final Duration BUDGET = Duration.ofSeconds(2);

    private final SettableClock clock = new SettableClock(Examples.NOON);
    private final List<String> asked = new ArrayList<>();

    private record Named(Function<String, float[]> how) implements Embedder {
        @Override
        public String origin() {
            return "lengths";
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public float[] embed(String text) {
            return how.apply(text);
        }
    }

    static ItemEmbedding by(Function<String, float[]> how) {
        return ItemEmbedding.using(new Named(how), BUDGET, new SettableClock(Examples.NOON));
    }

    private ItemEmbedding.Batch batch(Function<String, float[]> how) {
        return ItemEmbedding.using(
                        new Named(
                                text -> {
                                    asked.add(text);
                                    return how.apply(text);
                                }),
                        BUDGET,
                        clock)
                .batch();
    }

    private static float[] down(String text) {
        throw new EmbedderUnavailableException("down", new Exception(text));
    }

    private static final Item TEA = CatalogFlowTest.item("tea", 1, "Tea");

    @Test
    void titleTagsAndTextAreReadInThisOrder() {
        Item embedded = batch(text -> new float[] {-1, 2}).embedded(TEA).orElseThrow();

        assertThat(asked).containsExactly("Tea. news. The text of Tea");
        assertThat(embedded).isEqualTo(TEA.with(Embedding.of("lengths", new float[] {-1, 2})));
    }

    @Test
    void aLongTextIsCutWithoutHalvingACharacter() {
        String text =
                ItemEmbedding.text(
                        CatalogFlowTest.item("long", 1, "x" + "\uD83C\uDF75".repeat(400)));

        assertThat(text).hasSize(ItemEmbedding.MAX_CHARACTERS - 1).endsWith("\uD83C\uDF75");
    }

    @Test
    void whatTheSiteGaveStaysAndWhatHasNoWordsNeedsNone() {
        Item given = TEA.with(Embedding.given(List.of(1f, 0f)));
        ItemEmbedding.Batch batch = batch(ItemEmbeddingTest::down);

        assertThat(batch.embedded(given)).contains(given);
        assertThat(batch.embedded(Item.tombstone("tea", 2))).contains(Item.tombstone("tea", 2));
        assertThat(asked).isEmpty();
    }

    @Test
    void afterThreeFailuresTheRestOfTheRequestGoesWithout() {
        ItemEmbedding.Batch batch = batch(ItemEmbeddingTest::down);

        for (int item = 0; item < 5; item++) {
            assertThat(batch.embedded(TEA)).isEmpty();
        }

        assertThat(asked).hasSize(ItemEmbedding.MAX_FAILURES);
    }

    @Test
    void aTextThatTheModelDoesNotTakeCostsNoOtherItemItsVector() {
        ItemEmbedding.Batch batch =
                batch(
                        text -> {
                            if (text.startsWith("茶")) {
                                throw new InputRefusedException("refused", new Exception(text));
                            }
                            return new float[] {1, 1};
                        });

        for (int item = 0; item < 2 * ItemEmbedding.MAX_FAILURES; item++) {
            assertThat(batch.embedded(CatalogFlowTest.item("cha", 1, "茶"))).isEmpty();
        }
        assertThat(batch.embedded(TEA)).isPresent();
    }

    @Test
    void pastTheBudgetTheRestOfTheRequestGoesWithoutAndTheNextBeginsAnew() {
        ItemEmbedding slow =
                ItemEmbedding.using(
                        new Named(
                                text -> {
                                    clock.advance(Duration.ofSeconds(1));
                                    return new float[] {1, 1};
                                }),
                        BUDGET,
                        clock);
        ItemEmbedding.Batch batch = slow.batch();

        assertThat(batch.embedded(TEA)).isPresent();
        assertThat(batch.embedded(TEA)).isPresent();
        assertThat(batch.embedded(TEA)).isEmpty();
        assertThat(slow.batch().embedded(TEA)).isPresent();
    }

    @Test
    void withoutAnEmbedderItemsStayAsTheyAre() {
        assertThat(ItemEmbedding.NONE.batch().embedded(TEA)).contains(TEA);
    }

    private static Item drawn(Item item, String imageUrl) {
        Map<String, AttributeValue> image = Map.of("imageUrl", AttributeValue.of(imageUrl));
        return item.with(item.content().with(image)).with(Embedding.NONE);
    }

    /** Remembers what it was asked for, and reads images or not. */
    private record Drawings(boolean readsImages, List<String> asked) implements Embedder {
        @Override
        public String origin() {
            return "drawings";
        }

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public float[] embed(String text) {
            asked.add("text");
            return new float[] {1};
        }

        @Override
        public float[] embed(String text, String imageUrl) {
            asked.add(imageUrl);
            return new float[] {1};
        }
    }

    private ItemEmbedding.Batch drawings(boolean readsImages) {
        return ItemEmbedding.using(new Drawings(readsImages, asked), BUDGET, clock).batch();
    }

    @Test
    void anImageIsReadByAnEmbedderThatReadsImages() {
        drawings(true).embedded(drawn(TEA, "https://a.example/1.png"));
        drawings(true).embedded(TEA);
        drawings(false).embedded(drawn(TEA, "https://a.example/1.png"));

        assertThat(asked).containsExactly("https://a.example/1.png", "text", "text");
    }

    @Test
    void anItemWithAnotherImageIsEmbeddedAnewByAnEmbedderThatReadsImages() {
        Item before = drawn(TEA, "https://a.example/1.png").with(Embedding.of("drawings", ONE));

        drawings(true).embedded(drawn(TEA, "https://a.example/1.png"), before);
        drawings(false).embedded(drawn(TEA, "https://a.example/2.png"), before);
        assertThat(asked).isEmpty();

        drawings(true).embedded(drawn(TEA, "https://a.example/2.png"), before);
        assertThat(asked).containsExactly("https://a.example/2.png");
    }

    private static final float[] ONE = {1};
}
