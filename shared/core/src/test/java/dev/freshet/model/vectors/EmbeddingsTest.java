package dev.freshet.model.vectors;

import static dev.freshet.model.Examples.ids;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.catalog.Embedding;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.features.History;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.TopN;
import dev.freshet.model.signal.ContentSignals;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Signals;
import dev.freshet.query.RecommendationQuery.SessionItem;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
    private static final SessionItem READ_BREAD =
            new SessionItem("bread", EventType.CLICK, Examples.NOON);

    private final Examples examples = new Examples();
    private long version;

    private Example.ItemChanged item(String id, String origin, float... vector) {
        return Examples.with(
                Embedding.of(origin, vector), Examples.item(id, ++version, List.of("news")));
    }

    /** Returns a catalogue large enough for an index. */
    private Model large(SplittableRandom random) {
        return learned(
                Examples.times(
                        2 * NearestNeighbours.EXACT,
                        n -> item("item-" + n, "m", vector(random, n % 50))));
    }

    private static float cosine(Model model, String a, String b) {
        return model.embeddings().cosine(model.items().index(a), model.items().index(b));
    }

    @Test
    void itemsAreComparedByTheAngleBetweenTheirVectors() {
        Model model =
                learned(
                        item("east", "m", 1, 0),
                        item("far-east", "m", 9, 0),
                        item("north", "m", 0, 1),
                        item("north-east", "m", 1, 1),
                        item("west", "m", -2, 0));

        assertThat(cosine(model, "east", "far-east")).isEqualTo(1);
        assertThat(cosine(model, "east", "north")).isZero();
        assertThat(cosine(model, "east", "west")).isEqualTo(-1);
        assertThat(cosine(model, "east", "north-east")).isCloseTo(0.7071f, within(0.001f));
    }

    @Test
    void vectorsOfOtherOriginOrLengthAreNeverCompared() {
        Model model = learned(item("a", "m", 1, 0), item("b", "n", 1, 0), item("c", "m", 1, 0, 0));

        assertThat(cosine(model, "a", "b")).isZero();
        assertThat(cosine(model, "a", "c")).isZero();
        assertThat(model.alike(model.items().index("a"), 5).size()).isZero();
    }

    @Test
    void theNearestComeFirstWithoutTheItemItselfAndDeletedOnes() {
        Model model =
                learned(
                        item("east", "m", 1, 0),
                        item("nearly", "m", 1, 0.2f),
                        item("half", "m", 1, 1),
                        item("gone", "m", 1, 0),
                        item("west", "m", -1, 0),
                        Examples.deleted("gone", 100));

        ItemScores alike = model.alike(model.items().index("east"), 5);

        assertThat(ids(model, alike)).containsExactly("nearly", "half");
        assertThat(model.embeddings().items()).isEqualTo(4);
    }

    @Test
    void whatAUserLikesAndDislikesMakesTheUsersDirection() {
        Model model =
                learned(
                        item("bread", "m", 1, 0, 0),
                        item("war", "m", 0, 1, 0),
                        item("loaves", "m", 0.9f, 0, 0.1f),
                        item("battles", "m", 0, 0.9f, 0.1f),
                        examples.interaction(1, "bread", Duration.ofMinutes(1)));
        Preferences likes = Preferences.of(model.items(), History.EMPTY, List.of(READ_BREAD));
        Signals signals = Signals.of(model, likes, Context.UNKNOWN, Examples.NOON);

        assertThat(signals.of(model.items().index("loaves"))[ContentSignals.EMBEDDING.at()])
                .isGreaterThan(0.9f);
        assertThat(signals.of(model.items().index("battles"))[ContentSignals.EMBEDDING.at()])
                .isZero();
        List<ItemScores> found =
                signals.family(SignalFamilies.of(ContentSignals.SOURCE)).candidates(5);
        assertThat(ids(model, found.get(1))).startsWith("loaves");
    }

    @Test
    void aVectorIsReplacedAndRemovedWithItsItem() {
        Model model = learned(item("a", "m", 1, 0), item("a", "m", 0, 1), item("b", "m", 0, 1));
        assertThat(cosine(model, "a", "b")).isEqualTo(1);

        Model without = learned(model, Examples.deleted("a", 50));
        assertThat(without.embeddings().of(without.items().index("a"))).isEqualTo(Embedding.NONE);
        assertThat(cosine(without, "a", "b")).isZero();
    }

    @Test
    void aSpaceTooManyIsLeftOutAndCountedUntilOneHasGone() {
        Model model =
                learned(
                        Examples.times(
                                Embeddings.MAX_SPACES + 1,
                                space -> item("item-" + space, "m" + space, 1, 0)));
        assertThat(model.embeddings().items()).isEqualTo(Embeddings.MAX_SPACES);
        assertThat(model.totals().beyondBounds()).isEqualTo(1);

        Model room = learned(model, Examples.deleted("item-3", 100), item("late", "late", 1, 0));
        assertThat(room.embeddings().of(room.items().index("late")).space()).isEqualTo("late/2");
    }

    @Test
    void inALargeCatalogueTheSameItemsAreFoundAsByALookAtEach() {
        SplittableRandom random = new SplittableRandom(3);
        Model model = large(random);
        for (int item = 0; item < 20; item++) {
            ItemScores near = model.alike(item, 10);
            TopN top = new TopN(10);
            for (int other = 0; other < 2 * NearestNeighbours.EXACT; other++) {
                if (other != item) {
                    top.offer(other, model.embeddings().cosine(item, other));
                }
            }
            assertThat(near.items()).containsExactly(ItemScores.drain(top).items());
        }
    }

    @Test
    void whatChangedSinceTheIndexWasMadeIsJudgedByWhatItIsNow() {
        SplittableRandom random = new SplittableRandom(4);
        Model before = large(random).derived();
        int first = before.alike(0, 1).item(0);
        Model after =
                learned(
                                before,
                                item("new", "m", before.embeddings().of(0).numbers()),
                                item(before.items().id(first), "m", vector(random, 77)))
                        .derivedFrom(before);

        assertThat(after.alike(0, 10).items()).doesNotContain(first);
        assertThat(after.derived().alike(0, 1).items()).containsExactly(after.items().index("new"));
    }

    /** Returns a vector near a topic's. */
    private static float[] vector(SplittableRandom random, int topic) {
        SplittableRandom of = new SplittableRandom(topic);
        float[] vector = new float[64];
        for (int at = 0; at < vector.length; at++) {
            vector[at] = (float) (of.nextDouble(-1, 1) + random.nextDouble(-0.3, 0.3));
        }
        return vector;
    }

    @Test
    void aSnapshotKeepsTheVectorsToTheByte() {
        Embedding embedding = Embedding.of("m", new float[] {0.2f, -0.7f, 0.11f});
        Model model = learned(Examples.with(embedding, Examples.item("a", 1, List.of())));
        Model loaded = reread(model);

        assertThat(loaded.embeddings().of(loaded.items().index("a"))).isEqualTo(embedding);
    }
}
