package dev.freshet.model.basket;

import static dev.freshet.model.Examples.NOON;
import static dev.freshet.model.Examples.empty;
import static dev.freshet.model.Examples.ids;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KAnonymityTest {
    private static final int K = 3;
    private static final List<String> COUNTRIES = List.of("BR", "PT", "IS");
    private static final Instant LATER = NOON.plus(Duration.ofHours(1));

    private final Examples examples = new Examples();
    private final List<Example> some = new ArrayList<>();

    private Model model() {
        return model(K);
    }

    private Model model(int k) {
        return learned(empty(k), some);
    }

    private void click(long user, String... items) {
        for (String item : items) {
            some.add(examples.interaction(user, item, Duration.ofSeconds(some.size())));
        }
    }

    private void clickFrom(String country, long user, String item) {
        some.add(examples.clickIn(country, user, item, Duration.ofSeconds(some.size())));
    }

    private static List<String> similar(Model model, String item) {
        return ids(model, model.coOccurrence().similar(model.items().index(item), 10));
    }

    private static List<String> after(Model model, String item) {
        return ids(model, model.nextItems().after(model.items().index(item), 10));
    }

    private static double count(Model model, String item, Scope scope) {
        return model.popularity()
                .count(model.items().index(item), scope, HalfLife.THREE_DAYS, LATER);
    }

    private List<String> top(Scope scope, HalfLife halfLife) {
        return ids(model(), model().popularity().top(scope, halfLife, LATER, 9));
    }

    @Test
    void aPairIsSimilarFromThreePeopleOn() {
        click(1, "a", "b");
        click(2, "a", "b");
        assertThat(similar(model(), "a")).isEmpty();
        assertThat(similar(model(1), "a")).containsExactly("b");
        click(3, "a", "b");
        assertThat(similar(model(), "a")).containsExactly("b");
    }

    @Test
    void aPairOfPopularItemsThatOnePersonCombinedIsNotSimilar() {
        for (int user = 10; user < 20; user++) {
            click(user, "a", "x");
            click(100 + user, "b", "y");
        }
        click(1, "a", "b");
        assertThat(similar(model(), "a")).containsExactly("x");
        assertThat(after(model(), "a")).containsExactly("x");
        assertThat(similar(model(1), "a")).contains("b");
        assertThat(after(model(1), "a")).contains("b");
    }

    @Test
    void aPairOfOnePersonDoesNotMoveTheListOfOneWhoHasAnotherPairToo() {
        for (int user = 10; user < 20; user++) {
            click(user, "a", "x");
            click(100 + user, "p", "b");
            click(200 + user, "p", "x");
        }
        Model before = model();
        click(1, "a", "b");
        Model now = model();
        assertThat(score(now, "b", "a", "p")).isEqualTo(score(now, "b", "p"));
        assertThat(score(before, "b", "a", "p")).isPositive();
        Model open = model(1);
        assertThat(score(open, "b", "a", "p")).isGreaterThan(score(open, "b", "p"));
    }

    @Test
    void oneMorePersonMovesAPairOnlyTogetherWithTheOthersOfAGroup() {
        for (int user = 1; user <= 3; user++) {
            click(user, "a", "b", "c" + user);
        }
        Model three = model();
        click(4, "a", "b");
        click(5, "a", "b");
        Model five = model();
        click(6, "a", "b");
        for (List<String> pair : List.of(List.of("a", "b"), List.of("b", "a"))) {
            float ofThree = told(three, pair);
            assertThat(ofThree).isPositive();
            assertThat(told(five, pair)).isEqualTo(ofThree);
            assertThat(told(model(), pair)).isGreaterThan(ofThree);
        }
    }

    /** Returns what the pair's holders give to its second item, whatever the popularity of both. */
    private static float told(Model model, List<String> pair) {
        int from = model.items().index(pair.getFirst());
        int to = model.items().index(pair.getLast());
        return model.transitions().direct(from).both().get(to);
    }

    @Test
    void whatSeveralItemsTellIsWhatEachOfThemTellsAlone() {
        for (long seed = 1; seed <= 20; seed++) {
            mixed(new Random(seed));
            Model model = model();
            for (int other = 1; other < 30; other++) {
                Set<Integer> alone = told(model, "item-0");
                alone.addAll(told(model, "item-" + other));
                assertThat(alone)
                        .as("seed %d, item-%d", seed, other)
                        .isNotEmpty()
                        .containsAll(told(model, "item-0", "item-" + other));
            }
        }
    }

    /** Returns the items that go with or follow some items. */
    private static Set<Integer> told(Model model, String... own) {
        Preferences preferences = preferences(model, own);
        Set<Integer> items = new HashSet<>();
        IntFloats after = model.nextItems().adjacentScores(preferences).after();
        for (IntFloats scores : List.of(model.coOccurrence().scores(preferences), after)) {
            IntStream.range(0, scores.size()).map(scores::key).forEach(items::add);
        }
        return items;
    }

    private static float score(Model model, String item, String... own) {
        return model.coOccurrence().scores(preferences(model, own)).get(model.items().index(item));
    }

    private static Preferences preferences(Model model, String... own) {
        int[] basket = BasketEntries.NONE;
        for (String id : own) {
            int packed = BasketEntries.pack(64, 1, 0);
            basket = BasketEntries.append(basket, model.items().index(id), 0, packed, 0, 0);
        }
        return Preferences.of(basket);
    }

    @Test
    void whatFollowsIsKnownFromThreePeopleOnThatWentThere() {
        click(1, "a", "b");
        click(2, "a", "b");
        click(3, "b", "a");
        assertThat(after(model(), "a")).isEmpty();
        click(4, "a", "b");
        assertThat(after(model(), "a")).containsExactly("b");
    }

    @Test
    void aPersonWhoComesOftenIsOnePerson() {
        for (int day = 0; day < 9; day++) {
            some.add(examples.interaction(1, "a", Duration.ofDays(day)));
        }
        click(2, "a");
        assertThat(count(model(), "a", Scope.ALL)).isZero();
        assertThat(top(Scope.ALL, HalfLife.TWO_WEEKS)).isEmpty();
        click(3, "a");
        assertThat(count(model(), "a", Scope.ALL)).isPositive();
    }

    @Test
    void aCountryIsToldFromThreePeopleThereOn() {
        for (int user = 10; user < 20; user++) {
            clickFrom("BR", user, "a");
        }
        clickFrom("IS", 1, "a");
        clickFrom("IS", 2, "a");
        Scope iceland = Scope.country("IS");
        assertThat(count(model(), "a", iceland)).isZero();
        assertThat(top(iceland, HalfLife.TWO_HOURS)).isEmpty();
        assertThat(count(model(1), "a", iceland)).isPositive();
        assertThat(count(model(), "a", Scope.country("BR"))).isPositive();
        clickFrom("IS", 3, "a");
        assertThat(count(model(), "a", iceland)).isPositive();
        assertThat(count(model(), "a", Scope.device("mobile"))).isPositive();
        assertThat(count(model(), "a", Scope.device("tv"))).isZero();
    }

    @Test
    void twoIdsOfOnePersonAreOnePersonOnceTheyAreJoined() {
        clickFrom("IS", 1, "a");
        clickFrom("IS", 2, "a");
        clickFrom("IS", 3, "a");
        some.add(examples.merge(1, 2));
        assertThat(count(model(), "a", Scope.ALL)).isZero();
        assertThat(count(model(), "a", Scope.country("IS"))).isZero();
    }

    @Test
    void aForgottenPersonNoLongerCounts() {
        for (int user = 1; user <= 3; user++) {
            clickFrom("IS", user, "a");
        }
        assertThat(count(model(), "a", Scope.country("IS"))).isPositive();
        some.add(examples.forget(2));
        assertThat(count(model(), "a", Scope.ALL)).isZero();
        assertThat(count(model(), "a", Scope.country("IS"))).isZero();
    }

    private List<String> trending(int k) {
        Instant now = NOON.plus(Duration.ofSeconds(5));
        return ids(model(k), model(k).popularity().trending(Scope.ALL, now, 9));
    }

    @Test
    void anItemTrendsFromThreePeopleWithinTheLastHoursOn() {
        click(1, "a");
        click(2, "a");
        assertThat(trending(1)).hasSize(1);
        for (int user = 3; user <= 4; user++) {
            some.add(examples.interaction(user, "a", Duration.ofDays(-9)));
        }
        assertThat(trending(K)).isEmpty();
        click(5, "a");
        click(6, "a");
        assertThat(trending(K)).containsExactly("a");
    }

    @Test
    void theHistoryOfTrendsHoldsWhatThreePeopleChose() {
        for (int user = 1; user <= 3; user++) {
            clickFrom("BR", user, "a");
        }
        clickFrom("IS", 4, "a");
        clickFrom("IS", 5, "b");
        some.add(examples.interaction(9, "later", Duration.ofHours(3)));
        List<TrendWindow> rows = model().closedTrends(Model.EMPTY, 1);
        assertThat(rows).extracting(TrendWindow::scope).isNotEmpty().doesNotContain("country:IS");
        assertThat(rows)
                .extracting(row -> row.top().stream().map(TrendWindow.Count::itemId).toList())
                .containsOnly(List.of("a"));
        assertThat(model(1).closedTrends(Model.EMPTY, 1))
                .extracting(TrendWindow::scope)
                .contains("country:IS");
    }

    @Test
    void peopleByPlaceFollowFromTheBasketsAlone() {
        for (long seed = 1; seed <= 20; seed++) {
            mixed(new Random(seed));
            Model folded = model();
            Model loaded = reread(folded).withReadSettings(folded.settings());
            for (int item = 0; item < folded.items().size(); item++) {
                for (String place : COUNTRIES) {
                    Scope scope = Scope.country(place);
                    assertThat(loaded.visibility().shows(item, scope))
                            .as("seed %d, item %d, %s", seed, item, place)
                            .isEqualTo(folded.visibility().shows(item, scope));
                }
            }
            assertThat(loaded.settings().kAnonymity()).isEqualTo(K);
        }
    }

    /** Adds interactions from three countries, retractions, merges and erasures, by chance. */
    private void mixed(Random random) {
        some.clear();
        List<Example.Interaction> earlier = new ArrayList<>();
        for (int step = 0; step < 1_000; step++) {
            int dice = random.nextInt(20);
            long user = random.nextInt(40);
            if (dice == 0) {
                some.add(examples.forget(user));
            } else if (dice == 1) {
                some.add(examples.merge(user, random.nextInt(40)));
            } else if (dice < 5 && !earlier.isEmpty()) {
                some.add(examples.takenBack(earlier.get(random.nextInt(earlier.size()))));
            } else {
                clickFrom(COUNTRIES.get(random.nextInt(3)), user, "item-" + random.nextInt(30));
                earlier.add((Example.Interaction) some.getLast());
            }
        }
    }

    @Test
    void anotherNumberOfPeopleIsRefusedOutsideItsRange() {
        for (int k : new int[] {0, 11}) {
            assertThatThrownBy(() -> ModelSettings.DEFAULT.withKAnonymity(k))
                    .hasMessageContaining("kAnonymity");
        }
    }
}
