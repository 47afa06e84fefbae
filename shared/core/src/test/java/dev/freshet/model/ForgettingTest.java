package dev.freshet.model;

import static dev.freshet.model.Examples.assertSameBytes;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static dev.freshet.model.Examples.times;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.example.Example;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.basket.CountedEvents;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.popularity.ScopedCounts;
import dev.freshet.model.popularity.Windows;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.sums.TopicWindows;
import dev.freshet.model.vectors.FactorState;
import dev.freshet.model.vectors.Factors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Compares a model that has forgotten a person with one that never saw the person: by the bytes of
 * a snapshot where no state was dropped because of a bound, and otherwise by all state that still
 * counts.
 */
class ForgettingTest {
    private static final int SEEDS = 250;
    private static final int PERSON = 7;
    private static final ModelSettings COUNTING = new ModelSettings(1_000, 100_000, 1_000, false);

    private final Examples examples = new Examples("others");

    private record Two(Model forgot, Model never) {}

    private static Model folded(List<Example> some, int batch) {
        List<Example> history = inOrder(some, new Examples());
        Model model = learned(Model.empty(COUNTING), Histories.catalogue());
        for (int at = 0; at < history.size(); at += batch) {
            int end = Math.min(history.size(), at + batch);
            model = learned(model, history.subList(at, end));
        }
        return model;
    }

    /** Returns the examples renumbered with ascending positions. */
    private static List<Example> inOrder(List<Example> some, Examples numbers) {
        List<Example> renumbered = new ArrayList<>();
        for (Example one : some) {
            renumbered.add(((Example.FromEvents) one).from(numbers.next()));
        }
        return renumbered;
    }

    /** Returns a history after two thirds of which the person is forgotten and does not return. */
    private static Two folded(long seed, Instant start, Duration length, Duration latest) {
        Random random = new Random(seed);
        Histories histories = new Histories(random, start, length, latest);
        List<Example> all = new ArrayList<>(histories.next(300));
        Predicate<Example> ofPerson = Histories.of(PERSON);
        List<Example> after =
                all.subList(200, all.size()).stream().filter(ofPerson.negate()).toList();
        List<Example> with = new ArrayList<>(all.subList(0, 200));
        with.addAll(histories.forget(PERSON));
        with.addAll(after);
        List<Example> without = all.stream().filter(ofPerson.negate()).toList();
        return new Two(folded(with, 1 + random.nextInt(40)), folded(without, 50));
    }

    /**
     * Returns the snapshot of a model that has the sums and baskets of one model and, of another,
     * what is not a sum: times of items, totals, marks, the clock, and what was learned by steps.
     */
    private static byte[] bytes(Model sums, Model rest) {
        ItemRows rows =
                new ItemRows(rest.items(), sums.counts(), sums.ratingCounts(), rest.embeddings());
        return SnapshotCodec.encode(
                rest.with(TopicWindows.PART, sums.topics())
                        .with(ItemRows.PART, rows)
                        .with(ScopedCounts.PART, sums.scoped())
                        .with(Baskets.PART, sums.baskets())
                        .with(Windows.PART, sums.windows()));
    }

    @Test
    void whereNothingWasLostTheBytesAreThoseOfAModelThatNeverSawThePerson() {
        Instant midnight = Instant.parse("2026-03-11T00:00:00Z");
        Duration tenMinutes = Duration.ofSeconds(599);
        for (long seed = 1; seed <= SEEDS; seed++) {
            Two two = folded(seed, midnight.minusSeconds(300), tenMinutes, tenMinutes);
            assertThat(two.forgot().windows().floors()).containsOnly(Windows.NO_FLOOR);
            assertThat(bytes(two.forgot(), two.never()))
                    .as("seed %d", seed)
                    .isEqualTo(SnapshotCodec.encode(two.never()));
        }
    }

    @Test
    void overDaysAllThatStillCountsIsThatOfAModelThatNeverSawThePerson() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Two two =
                    folded(seed, Examples.NOON, Duration.ofDays(1 + seed % 12), Duration.ofDays(2));
            List<String> differences = Differences.between(two.forgot(), two.never());
            assertThat(differences).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void toForgetTwiceOrNobodyChangesNoMoreThanTheTally() {
        Histories histories =
                new Histories(new Random(3), Examples.NOON, Duration.ofDays(3), Duration.ofDays(1));
        List<Example> history = histories.next(200);
        Model model = folded(history, 50);
        Model once = learned(model, examples.forget(70));
        Model again = learned(once, examples.forget(70), examples.forget(999));
        assertThat(once.users()).isEqualTo(model.users() - 1);
        assertThat(bytes(again, once)).isEqualTo(SnapshotCodec.encode(once));
        assertThat(again.totals().forgets()).isEqualTo(3);
    }

    @Test
    void whoeverBecamePartOfAnotherIsForgottenWithTheOtherAndNotBefore() {
        Duration tomorrow = Duration.ofDays(1);
        Model merged =
                learned(
                        examples.interaction(1, "a"),
                        examples.interaction(2, "a", tomorrow),
                        examples.rated(1, "b", 4, Duration.ZERO),
                        examples.rated(2, "b", 2, tomorrow),
                        examples.interaction(3, "a", tomorrow),
                        examples.merge(1, 2));
        assertThat(merged.popularity().count(0)).isEqualTo(3);
        assertThat(merged.ratings().count()).isEqualTo(1);
        Model kept = learned(merged, examples.forget(1));
        assertThat(kept.popularity().count(0)).isEqualTo(3);
        Model forgot = learned(kept, examples.forget(2), examples.merge(1, 2));
        assertThat(forgot.popularity().count(0)).isEqualTo(1);
        assertThat(forgot.ratings().count()).isZero();
        assertThat(forgot.users()).isEqualTo(1);
    }

    @Test
    void aCountryThatOnePersonAloneCameFromIsGoneWithThem() {
        Model model = learned(examples.interaction(1, "a"));
        assertThat(model.scoped().byScope()).containsOnlyKeys("country:BR", "device:mobile");
        Model forgot = learned(model, examples.forget(1));
        assertThat(forgot.scoped().byScope()).isEmpty();
        assertThat(forgot.windows().kept()).isEmpty();
    }

    @Test
    void ofOneItemTheLatestTwoHundredDaysAreKnown() {
        int days = CountedEvents.MOST + 11;
        Model model =
                learned(times(days, day -> examples.interaction(1, "a", Duration.ofDays(day))));
        assertThat(model.popularity().count(0)).isEqualTo(CountedEvents.MOST + 11);
        Model forgot = learned(model, examples.forget(1));
        assertThat(forgot.popularity().count(0)).isEqualTo(10);
    }

    @Test
    void aTrendThatWasReportedIsReportedAgainWithoutThePerson() {
        Model model =
                learned(
                        examples.interaction(1, "a"),
                        examples.interaction(2, "later", Duration.ofMinutes(6)));
        Model forgot = learned(model, examples.forget(1));
        assertThat(forgot.closedTrends(model, 2))
                .extracting(window -> window.scope() + " " + window.length() + window.top())
                .containsExactlyInAnyOrder("all PT5M[]", "country:BR PT5M[]");
    }

    @Test
    void anItemThatOnlyOnePersonUsedGoesBackToWhatItsContentSays() {
        List<Example> interactions = new ArrayList<>(Histories.catalogue());
        for (int user = 1; user < 30; user++) {
            for (int item = 0; item < 8; item++) {
                interactions.add(
                        examples.interaction(
                                user, "item-" + (user + item) % 12, Duration.ofMinutes(item)));
            }
        }
        for (int item = 0; item < 8; item++) {
            interactions.add(examples.interaction(99, "item-" + (10 + item), Duration.ofHours(1)));
        }
        Model model = learned(interactions);
        Trainer.Step step = Trainer.train(model, List.of(examples.forget(99)));
        int alone = model.items().index("item-15");
        float[] before = vector(model, alone);
        float[] after = vector(step.model(), alone);
        float[] content = new float[before.length];
        step.model()
                .learned()
                .factors()
                .project(Factors.labels(model.items().item(alone)), content);
        assertThat(before).isNotEqualTo(after);
        assertThat(after).containsExactly(content, Offset.offset(1e-3f));
        assertSameBytes(Trainer.follow(model, DeltaCodec.decode(step.delta())), step.model());
    }

    private static float[] vector(Model model, int item) {
        float[] vector = new float[FactorState.RANK];
        model.learned().factors().read(item, vector);
        return vector;
    }

    @Test
    void theSameHistoryFoldedAgainForgetsToTheSameBytes() {
        Histories histories =
                new Histories(
                        new Random(11), Examples.NOON, Duration.ofDays(4), Duration.ofDays(1));
        List<Example> history = new ArrayList<>(histories.next(400));
        history.addAll(150, histories.forget(3));
        history.addAll(histories.forget(3));
        List<Example> renumbered = inOrder(history, examples);
        byte[] bytes = SnapshotCodec.encode(learned(renumbered));
        Model model = Model.EMPTY;
        for (Example one : renumbered) {
            model = reread(learned(model, one));
        }
        assertThat(SnapshotCodec.encode(model)).isEqualTo(bytes);
        assertThat(Map.of("forgets", model.totals().forgets())).containsValue(6L);
    }
}
