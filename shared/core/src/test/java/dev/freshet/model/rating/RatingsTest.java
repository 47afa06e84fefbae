package dev.freshet.model.rating;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.History;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RatingsTest {
    private static final ModelSettings STILL = new ModelSettings(1_000, 10_000, 100, false);

    private final Examples examples = new Examples();
    private final List<Example> training = new ArrayList<>();

    private Example.Interaction rate(long user, String item, float stars) {
        Example.Interaction one =
                examples.rated(user, item, stars, Duration.ofMinutes(training.size()));
        training.add(one);
        return one;
    }

    private Model model() {
        return learned(Model.empty(STILL), training);
    }

    private static Ratings.RatedItems rated(Model model, long user) {
        Baskets baskets = model.baskets();
        int slot = baskets.slot(new Pseudonym(user));
        return slot < 0 ? Ratings.RatedItems.NOTHING : Ratings.RatedItems.of(baskets.basket(slot));
    }

    private static double predicted(Model model, long user, String item) {
        return model.ratings().predict(rated(model, user), model.items().index(item));
    }

    @Test
    void beforeAnyRatingTheUsualOneIsExpected() {
        assertThat(Model.EMPTY.ratings().predict(Ratings.RatedItems.NOTHING, -1)).isEqualTo(3.5);
    }

    @Test
    void thePartsAreThoseOfTheHandComputedExample() {
        rate(1, "a", 5);
        rate(1, "b", 4);
        rate(2, "a", 2);
        Model model = model();
        double mean = (11 + 35) / 13.0;
        double a = (7 - 2 * mean) / 12;
        double b = (4 - mean) / 11;
        double[] inputs = model.ratings().inputs(rated(model, 2), model.items().index("b"));
        double own = (2 - mean - a) / 11;
        double above = 2 - mean - a - own;
        // One common rater, user 1: the product of the two ratings' differences from their biases.
        double product = (4 - mean - b) * (5 - mean - a);
        double similar = product > 0 ? 1 / 51.0 : 0;
        double neighbours = similar * similar * above / (similar * similar + 0.5);
        assertThat(inputs)
                .containsExactly(new double[] {1, b, own, 0, neighbours, above / 6}, within(1e-12));
    }

    @Test
    void whoRatesHighAndWhatIsRatedHighIsExpectedHigh() {
        for (int item = 0; item < 20; item++) {
            rate(1, "i" + item, 5);
            rate(2, "i" + item, 1);
            for (int user = 10; user < 15; user++) {
                rate(user, "i" + item, item % 2 == 0 ? 4.5f : 2);
            }
        }
        rate(3, "good", 5);
        rate(4, "good", 5);
        Model model = model();
        assertThat(predicted(model, 1, "good")).isGreaterThan(predicted(model, 2, "good") + 0.5);
        assertThat(predicted(model, 9, "i0")).isGreaterThan(predicted(model, 9, "i1") + 0.5);
    }

    @Test
    void similarItemsDistinguishPreferencesThatBiasesDoNot() {
        Random random = new Random(3);
        for (int user = 0; user < 60; user++) {
            for (int item = 0; item < 20; item++) {
                if (random.nextInt(3) > 0) {
                    boolean fits = user % 2 == item % 2;
                    rate(user, "i" + item, fits ? 4.5f : 2);
                }
            }
        }
        for (int item = 2; item < 16; item++) {
            rate(100, "i" + item, item % 2 == 0 ? 5 : 1.5f);
        }
        Model model = model();
        assertThat(predicted(model, 100, "i0")).isGreaterThan(predicted(model, 100, "i1") + 1);
    }

    @Test
    void tagsAndAuthorsSaySomethingOfWhatNobodyRated() {
        for (int item = 0; item < 12; item++) {
            training.add(Examples.item("i" + item, 1, List.of(item % 2 == 0 ? "war" : "love")));
            rate(1, "i" + item, item % 2 == 0 ? 5 : 2);
        }
        training.add(Examples.item("new-war", 1, List.of("war")));
        training.add(Examples.item("new-love", 1, List.of("love")));
        Model model = model();
        assertThat(predicted(model, 1, "new-war"))
                .isGreaterThan(predicted(model, 1, "new-love") + 0.5);
    }

    @Test
    void aRatingChangedOrTakenBackLeavesNoTraceInWhatIsCounted() {
        rate(1, "a", 4);
        rate(2, "a", 1);
        Example.Interaction changed = rate(2, "a", 3);
        RatingCounts counts = model().ratingCounts();
        assertThat(counts.sum()).isEqualTo(14);
        assertThat(counts.count()).isEqualTo(2);
        training.add(examples.takenBack(changed));
        Model model = model();
        assertThat(model.ratingCounts().sum()).isEqualTo(8);
        assertThat(model.ratings().count()).isEqualTo(1);
        assertThat(model.baskets().raters(model.items().index("a"))).hasSize(1);
        assertThat(rated(model, 2).size()).isZero();
    }

    @Test
    void anOlderRatingThatComesLateDoesNotReplaceTheNewerOne() {
        training.add(examples.rated(1, "a", 5, Duration.ofHours(2)));
        training.add(examples.rated(1, "a", 1, Duration.ofHours(1)));
        assertThat(rated(model(), 1).stars()).containsExactly(5.0);
    }

    @Test
    void theForgottenRateNothingAndTheMergedRateAsOne() {
        rate(1, "a", 4);
        rate(2, "a", 2);
        rate(2, "b", 5);
        training.add(examples.merge(1, 2));
        Model merged = model();
        int a = merged.items().index("a");
        assertThat(merged.baskets().raters(a)).hasSize(1);
        assertThat(rated(merged, 2).stars()).containsExactly(2.0, 5.0);
        training.add(examples.forget(2));
        assertThat(model().baskets().raters(a)).isEmpty();
    }

    @Test
    void ofAHistoryTheLatestRatingOfEachKnownItemCounts() {
        rate(1, "a", 4);
        rate(1, "b", 4);
        Model model = model();
        History history =
                new History(
                        List.of(
                                action("a", EventType.RATING, 2),
                                action("unheard-of", EventType.RATING, 3),
                                action("b", EventType.VIEW, 0),
                                action("b", EventType.RATING, 4),
                                action("a", EventType.RATING, 5)));
        Ratings.RatedItems rated = Ratings.RatedItems.of(model.items(), history);
        assertThat(rated.items())
                .containsExactly(model.items().index("b"), model.items().index("a"));
        assertThat(rated.stars()).containsExactly(4, 2);
    }

    @Test
    void itLearnsWhatThePartsAreWorthAndStaysWithinTheStarsThereAre() {
        Random random = new Random(5);
        double squares = 0;
        double asItStarts = 0;
        Model model = Model.EMPTY;
        int late = 0;
        for (int turn = 0; turn < 1_500; turn++) {
            long user = random.nextInt(30);
            String item = "i" + random.nextInt(60);
            float stars = user % 3 == 0 ? 5 : user % 3 == 1 ? 3 : 0.5f;
            if (model.items().index(item) >= 0 && rated(model, user).size() > 0) {
                double expected = predicted(model, user, item);
                assertThat(expected).isBetween(Ratings.LEAST, Ratings.MOST);
                double[] inputs =
                        model.ratings().inputs(rated(model, user), model.items().index(item));
                double still =
                        Math.clamp(model.ratings().mean() + Ratings.START.of(inputs), 0.5, 5);
                if (turn > 500) {
                    squares += (expected - stars) * (expected - stars);
                    asItStarts += (still - stars) * (still - stars);
                    late++;
                }
            }
            model = learned(model, examples.rated(user, item, stars, Duration.ofMinutes(turn)));
        }
        assertThat(late).isGreaterThan(500);
        assertThat(squares).isLessThan(0.9 * asItStarts);
    }

    @Test
    void starsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> examples.rated(1, "a", 5.5f, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ratings.RatedItems(new int[1], new double[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static History.Entry action(String item, EventType type, double stars) {
        Target target = Target.item(item);
        return new History.Entry(item + type, type, target, 1, stars, Examples.NOON, null);
    }
}
