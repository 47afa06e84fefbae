package dev.freshet.model.basket;

import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.times;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasketsTest {
    private final Examples examples = new Examples();

    private Example.Interaction click(long user, String item, int minute) {
        return examples.interaction(user, item, Duration.ofMinutes(minute));
    }

    private Example.Interaction hide(long user, String item, int minute) {
        return examples.interaction(user, item, EventType.HIDE, -3, Duration.ofMinutes(minute));
    }

    private static List<String> basket(Model model, long user) {
        Baskets baskets = model.baskets();
        int slot = baskets.slot(new Pseudonym(user));
        List<String> ids = new ArrayList<>();
        if (slot >= 0) {
            int[] entries = baskets.basket(slot);
            for (int at = 0; at < BasketEntries.size(entries); at++) {
                ids.add(model.items().id(BasketEntries.item(entries, at)));
            }
        }
        return ids;
    }

    @Test
    void aBasketKeepsTheLatestTwoHundredItems() {
        Model model = learned(times(250, item -> click(1, "item-" + item, item)));
        assertThat(basket(model, 1)).hasSize(200).startsWith("item-50").endsWith("item-249");
        assertThat(model.coOccurrence().holders(model.items().index("item-0"))).isZero();
    }

    @Test
    void pastTheBoundTheLeastRecentlyActiveBasketLeavesFirst() {
        List<Example> interactions =
                new ArrayList<>(times(200, n -> click(n / 10, "item-" + n % 10, 0)));
        interactions.add(click(0, "item-0", 1));
        interactions.add(click(99, "new", 2));
        Model model = learned(Model.empty(new ModelSettings(1_000, 200, 100, true)), interactions);
        assertThat(model.entries()).isEqualTo(191);
        assertThat(basket(model, 0)).hasSize(10);
        assertThat(basket(model, 1)).isEmpty();
        assertThat(basket(model, 2)).hasSize(10);
        assertThat(basket(model, 99)).containsExactly("new");
    }

    @Test
    void aDislikeStandsInTheBasketButGoesTogetherWithNothing() {
        Example.Interaction clicked = click(1, "a", 0);
        Example.Interaction disliked =
                examples.interaction(1, "b", EventType.DISLIKE, -3, Duration.ofMinutes(1));
        Model model = learned(clicked, disliked, click(1, "c", 2));
        assertThat(basket(model, 1)).containsExactly("a", "b", "c");
        ItemScores similar = model.coOccurrence().similar(model.items().index("a"), 10);
        assertThat(similar.items()).containsExactly(model.items().index("c"));
        assertThat(model.coOccurrence().holders(model.items().index("b"))).isZero();
    }

    @Test
    void aViewThatEndsInAHideGoesTogetherWithNothingUntilTheHideIsTakenBack() {
        Model viewed = learned(click(1, "a", 0), click(1, "b", 1));
        Example.Interaction hide = hide(1, "b", 2);
        Model hidden = learned(viewed, hide);
        assertThat(hidden.coOccurrence().similar(0, 10).size()).isZero();
        Model back = learned(hidden, examples.takenBack(hide));
        assertThat(back.coOccurrence().similar(0, 10).items())
                .containsExactly(back.items().index("b"));
    }

    @Test
    void aMergeMakesOneBasketOfTwoInTheOrderOfTime() {
        Model model =
                learned(click(1, "a", 1), click(2, "b", 2), click(1, "c", 3), click(2, "a", 4));
        model = learned(model, examples.merge(1, 2));
        assertThat(basket(model, 1)).isEmpty();
        assertThat(basket(model, 2)).containsExactly("b", "c", "a");
        assertThat(model.users()).isEqualTo(1);
        assertThat(model.coOccurrence().holders(model.items().index("a"))).isEqualTo(1);
        assertThat(model.totals().merges()).isEqualTo(1);
    }

    @Test
    void aMergeIntoSomeoneNewAndFromNobodyIsNoTrouble() {
        Model model = learned(click(1, "a", 0), examples.merge(1, 2));
        model = learned(model, examples.merge(7, 8), examples.merge(2, 2));
        assertThat(basket(model, 2)).containsExactly("a");
        assertThat(model.users()).isEqualTo(1);
    }

    @Test
    void toForgetSomeoneDropsTheBasketAndEveryTraceOfItInWhatGoesTogether() {
        Model model = learned(click(1, "a", 0), click(1, "b", 1), click(2, "a", 0));
        model = learned(model, examples.forget(1));
        assertThat(basket(model, 1)).isEmpty();
        assertThat(model.coOccurrence().similar(0, 10).size()).isZero();
        assertThat(model.coOccurrence().holders(0)).isEqualTo(1);
        assertThat(model.users()).isEqualTo(1);
        assertThat(model.totals().forgets()).isEqualTo(1);
        assertThat(model.popularity().count(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void postingsAreTheBasketsThatHoldTheItemAfterAnyHistory(long seed) {
        Model model = Model.empty(new ModelSettings(40, 400, 10, true));
        List<Example> all = examples.mixed(new Random(seed), 2_000);
        for (int at = 0; at < all.size(); at += 50) {
            model = learned(model, all.subList(at, at + 50));
        }
        Baskets baskets = model.baskets();
        Map<Integer, Set<Integer>> holders = new HashMap<>();
        Map<Integer, Integer> repeats = new HashMap<>();
        int entries = 0;
        int users = 0;
        for (int link = baskets.activity().oldest();
                link != 0;
                link = baskets.activity().newer().get(link - 1)) {
            int[] basket = baskets.basket(link - 1);
            users++;
            entries += BasketEntries.size(basket);
            for (int at = 0; at < BasketEntries.size(basket); at++) {
                if (BasketEntries.positive(basket, at)) {
                    holders.computeIfAbsent(BasketEntries.item(basket, at), key -> new HashSet<>())
                            .add(link - 1);
                    repeats.merge(
                            BasketEntries.item(basket, at),
                            Math.clamp(BasketEntries.events(basket, at) - 1, 0, 4),
                            Integer::sum);
                }
            }
        }
        assertThat(model.entries()).isEqualTo(entries).isLessThanOrEqualTo(400);
        assertThat(model.users()).isEqualTo(users);
        for (int item = 0; item < model.items().size(); item++) {
            int[] slots = baskets.postings(item);
            Set<Integer> postings = Arrays.stream(slots).boxed().collect(Collectors.toSet());
            assertThat(postings).hasSize(slots.length);
            assertThat(postings).isEqualTo(holders.getOrDefault(item, Set.of()));
            assertThat(model.coOccurrence().holders(item)).isEqualTo(postings.size());
            assertThat(baskets.holders().repeats(item)).isEqualTo(repeats.getOrDefault(item, 0));
        }
        assertThat(repeats.values().stream().anyMatch(some -> some > 0)).isTrue();
    }

    @Test
    void itemsPastTheBoundAreCountedAndOtherwiseIgnored() {
        Model model =
                learned(
                        Model.empty(new ModelSettings(1, 200, 1, true)),
                        click(1, "a", 0),
                        click(1, "b", 0),
                        Examples.item("c", 1, List.of()));
        assertThat(model.items().size()).isEqualTo(1);
        assertThat(model.totals().beyondBounds()).isEqualTo(2);
        assertThat(model.totals().allInteractions()).isEqualTo(2);
        assertThat(model.totals().itemChanges()).isZero();
    }

    @Test
    void whatComesNextIsWhatOthersSawRightAfter() {
        List<Example> interactions = new ArrayList<>();
        for (int user = 0; user < 3; user++) {
            interactions.add(click(user, "first", 0));
            interactions.add(click(user, "a", 1));
            interactions.add(click(user, "b", 5));
            interactions.add(click(user, "a", 6));
        }
        interactions.add(click(9, "a", 0));
        interactions.add(click(9, "c", 1));
        interactions.add(hide(9, "hidden", 2));
        Model model = learned(interactions);
        NextItems next = model.nextItems();
        int a = model.items().index("a");
        int b = model.items().index("b");
        int c = model.items().index("c");
        assertThat(next.after(a, 5).items()).containsExactly(b, c);
        assertThat(next.after(a, 1).items()).containsExactly(b);
        assertThat(next.after(b, 5).size()).isZero();
        NextItems.Contributions contributions =
                next.contributions(Preferences.ofItem(a), new int[] {b, c});
        assertThat(contributions.after()[0][0])
                .isGreaterThan(contributions.after()[1][0])
                .isPositive();
        assertThat(contributions.before()[0][0]).isZero();
        NextItems.AdjacentScores adjacent = next.adjacentScores(Preferences.ofItem(a));
        assertThat(adjacent.before().get(model.items().index("first"))).isPositive();
        assertThat(adjacent.after().contains(model.items().index("first"))).isFalse();
        assertThat(adjacent.after().contains(model.items().index("hidden"))).isFalse();
        Model without = learned(model, Examples.deleted("b", 1));
        assertThat(without.nextItems().after(a, 5).items()).containsExactly(c);
    }

    @Test
    void oneUserWhoWentStraightOnIsWorthOne() {
        Model model = learned(List.of(click(1, "a", 0), click(1, "b", 1), click(1, "c", 2)));
        ItemScores next = model.nextItems().after(model.items().index("a"), 5);
        double half = BasketSettings.DEFAULT.nextHalfDistance();
        assertThat(next.scores()).containsExactly(1, (float) (half / (half + 1)));
    }
}
