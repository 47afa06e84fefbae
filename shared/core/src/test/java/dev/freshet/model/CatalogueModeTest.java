package dev.freshet.model;

import static dev.freshet.model.Examples.assertSameBytes;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.item.WaitingInteractions;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the model does with items that are in no catalogue. */
class CatalogueModeTest {
    private static final ModelSettings CLOSED =
            ModelSettings.DEFAULT.withCatalogue(CatalogueMode.CLOSED);
    private static final ModelSettings COUNTING =
            new ModelSettings(1_000, 100_000, 1_000, false).withCatalogue(CatalogueMode.CLOSED);

    private final Examples examples = new Examples();

    private static Model after(ModelSettings settings, List<Example> all) {
        return learned(Model.empty(settings), all);
    }

    private static Model after(ModelSettings settings, Example... all) {
        return after(settings, List.of(all));
    }

    private static Example.ItemChanged put(String id) {
        return Examples.item(id, 1, List.of("news"));
    }

    @Test
    void anItemThatIsNotInTheCatalogueTakesNoPlaceInTheModel() {
        Example rated = examples.rated(2, "made-up", 5, Duration.ZERO);
        Model model = after(CLOSED, rated, examples.interaction(1, "made-up"));

        assertThat(model.items().size()).isZero();
        assertThat(model.entries()).isZero();
        assertThat(model.windows().kept()).isEmpty();
        assertThat(model.waiting().inOrder()).hasSize(2);
        assertThat(model.totals().allInteractions()).isEqualTo(2);
        assertThat(model.totals().beyondBounds()).isZero();
    }

    @Test
    void interactionsThatCameBeforeTheirItemCountAsIfTheyHadComeAfterIt() {
        Example one = examples.interaction(1, "a");
        Example other = examples.rated(2, "a", 4, Duration.ofSeconds(1));

        Model before = after(COUNTING, one, other, put("a"));

        assertThat(before.popularity().count(0)).isEqualTo(2);
        assertSameBytes(before, after(COUNTING, put("a"), one, other));
    }

    @Test
    void anInteractionThatIsRetractedWhileItWaitsIsNotLearned() {
        Example.Interaction one = examples.interaction(1, "a");

        Model model = after(CLOSED, one, examples.takenBack(one), put("a"));

        assertThat(model.popularity().count(0)).isZero();
        assertThat(model.totals().retractions()).isEqualTo(1);
    }

    @Test
    void whatWaitsIsForgottenAndMergedAndShownWithItsUser() {
        Example one = examples.interaction(1, "a");
        Example again = examples.interaction(1, "a", Duration.ofSeconds(9));
        Example other = examples.interaction(2, "a");

        Model waiting = after(CLOSED, one, again, other);
        Model merged = after(CLOSED, one, again, other, examples.merge(2, 3), put("a"));
        Model forgot = after(CLOSED, one, again, other, examples.forget(1), put("a"));

        assertThat(BasketContents.of(waiting, new Pseudonym(1)))
                .containsExactly(new BasketContents("a", Examples.NOON.plusSeconds(9), 2, 2, 0));
        assertThat(BasketContents.of(merged, new Pseudonym(2))).isEmpty();
        assertThat(BasketContents.of(merged, new Pseudonym(3))).hasSize(1);
        assertThat(BasketContents.of(forgot, new Pseudonym(1))).isEmpty();
        assertThat(BasketContents.of(forgot, new Pseudonym(2))).hasSize(1);
    }

    @Test
    void theOldestLeaveWhereTooManyWaitAndTheyAreCounted() {
        List<Example> all = new ArrayList<>();
        all.add(examples.interaction(1, "first"));
        all.add(examples.interaction(1, "second"));
        int others = WaitingInteractions.MOST - 1;
        all.addAll(Examples.times(others, n -> examples.interaction(n, "made-up-" + n)));
        all.addAll(List.of(put("first"), put("second")));

        Model model = after(COUNTING, all);

        assertThat(model.totals().beyondBounds()).isEqualTo(1);
        assertThat(model.popularity().count(model.items().index("first"))).isZero();
        assertThat(model.popularity().count(model.items().index("second"))).isEqualTo(1);
        assertThat(model.items().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void trainerFollowerAndSnapshotHaveEqualBytesWhateverTheMode(long seed) {
        List<Example> all = examples.mixed(new Random(seed), 2_000);
        Model trained = Model.empty(ModelSettings.DEFAULT);
        Model followed = trained;
        Random random = new Random(seed);
        for (int at = 0; at < all.size(); at += 100) {
            CatalogueMode mode = random.nextInt(4) == 0 ? CatalogueMode.OPEN : CatalogueMode.CLOSED;
            Trainer.Step step = Trainer.train(trained, mode, all.subList(at, at + 100));
            trained = reread(step.model());
            followed = Trainer.follow(followed, DeltaCodec.decode(step.delta()));
            assertThat(SnapshotCodec.encode(followed))
                    .as("seed %d at %d", seed, at)
                    .isEqualTo(SnapshotCodec.encode(step.model()))
                    .isEqualTo(SnapshotCodec.encode(trained));
        }
        assertThat(trained.totals().itemChanges()).isPositive();
    }

    @Test
    void whatWaitedIsLearnedOnceItemsNeedNoCatalogue() {
        Model closed = after(CLOSED, examples.interaction(1, "a"));

        Model open =
                Trainer.train(closed, CatalogueMode.OPEN, List.of(examples.interaction(2, "b")))
                        .model();

        assertThat(open.items().size()).isEqualTo(2);
        assertThat(open.waiting().inOrder()).isEmpty();
    }

    @Test
    void strangersCannotFillTheRoomOfTheCatalogue() {
        ModelSettings ten = new ModelSettings(10, 1_000, 100, true);
        Model full = after(ten, Examples.times(100, n -> examples.interaction(n, "made-up-" + n)));
        assertThat(full.items().size()).isEqualTo(8);
        assertThat(full.totals().beyondBounds()).isEqualTo(92);

        Model own = learned(full, put("own-1"), put("own-2"), put("own-3"));

        assertThat(own.items().index("own-1")).isNotNegative();
        assertThat(own.items().index("own-2")).isNotNegative();
        assertThat(own.items().index("own-3")).isNegative();
        assertThat(own.totals().beyondBounds()).isEqualTo(93);
    }
}
