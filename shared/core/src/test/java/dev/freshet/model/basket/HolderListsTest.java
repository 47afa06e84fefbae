package dev.freshet.model.basket;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.example.Example;
import dev.freshet.model.Components;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HolderListsTest {
    private static final int USERS = 40;
    private static final int ITEMS = 15;

    private final HolderLists lists = new HolderLists();
    private final BasketScratch.OpenedBaskets opened = new BasketScratch.OpenedBaskets();
    private final AtomicInteger reads = new AtomicInteger();

    private record Numbers(int numbers) implements HolderLists.Sized {}

    private record Other(int numbers) implements HolderLists.Sized {}

    @Test
    void aListIsReadOnceWhileItsBasketsAreTheSame() {
        Baskets one = baskets(1, 2, 3);
        Numbers first = ask(7, one, 3);
        Baskets grown = withRow(one, 3, basket(4));
        assertThat(ask(7, one, 3)).isSameAs(first);
        assertThat(ask(7, grown, 3)).isSameAs(first);
        assertThat(reads).hasValue(1);
    }

    @Test
    void aListIsReadAgainOnceABasketWasReplacedByAnEqualOne() {
        Baskets before = baskets(1, 2, 3);
        Numbers first = ask(7, before, 3);
        Baskets after = withRow(before, 1, basket(2));
        assertThat(ask(7, after, 3)).isNotSameAs(first);
        assertThat(ask(7, before, 3)).isNotSameAs(first);
        assertThat(reads).hasValue(3);
    }

    @Test
    void anotherNumberOfBasketsAnotherItemAndAnotherKindAreOtherLists() {
        Baskets baskets = baskets(1, 2, 3);
        ask(7, baskets, 3);
        ask(7, baskets, 2);
        ask(8, baskets, 3);
        open(baskets, 3);
        Other other = get(Other.class, 7, baskets, () -> new Other(1));
        assertThat(other.numbers()).isEqualTo(1);
        assertThat(reads).hasValue(3);
    }

    @Test
    void nothingIsKeptPastSoManyVersions() {
        Baskets first = baskets(1, 2, 3);
        Numbers list = ask(7, first, 3);
        for (int version = 0; version < HolderLists.VERSIONS; version++) {
            ask(8, withRow(first, 3, basket(version)), 3);
        }
        assertThat(ask(7, first, 3)).isNotSameAs(list);
    }

    @Test
    void whatExceedsTheMemoryDropsEverything() {
        Baskets baskets = baskets(1, 2, 3);
        Numbers list = ask(7, baskets, 3);
        open(baskets, 3);
        get(Numbers.class, 8, baskets, () -> new Numbers(HolderLists.MAX_NUMBERS));
        assertThat(ask(7, baskets, 3)).isNotSameAs(list);
    }

    /** Over versions that change a part of the baskets, kept lists equal lists that are read. */
    @Test
    void listsOfLaterVersionsEqualThoseThatAreReadAnew() {
        Random random = new Random(5);
        Examples examples = new Examples();
        Model model = Model.empty(ModelSettings.DEFAULT.withKAnonymity(2));
        for (int version = 0; version < 20; version++) {
            Duration when = Duration.ofMinutes(version);
            List<Example> batch =
                    Examples.times(
                            version == 0 ? 400 : 6,
                            n ->
                                    examples.interaction(
                                            random.nextInt(USERS),
                                            "i" + random.nextInt(ITEMS),
                                            when));
            model = learned(model, batch);
            List<String> kept = all(model);
            HolderLists.SHARED.clear();
            assertThat(kept).as("version %d", version).isEqualTo(all(model));
        }
    }

    private static List<String> all(Model model) {
        List<String> all = new ArrayList<>();
        for (int item = 0; item < model.items().size(); item++) {
            NextItems.AdjacentScores adjacent =
                    model.nextItems().adjacentScores(Preferences.ofItem(item));
            all.add(text(adjacent.after()) + text(adjacent.before()));
            NextItems.AdjacentScores either = model.transitions().either(item);
            all.add(text(either.after()) + text(either.before()));
            all.add(text(model.transitions().following(item)));
            Transitions.Direct direct = model.transitions().direct(item);
            for (int other = 0; other < model.items().size(); other++) {
                all.add(direct.straight(other) + " " + direct.held(other));
            }
        }
        return all;
    }

    private static String text(IntFloats scores) {
        StringBuilder text = new StringBuilder();
        for (int order = 0; order < scores.size(); order++) {
            text.append(scores.key(order)).append('=').append(scores.value(order)).append(' ');
        }
        return text.toString();
    }

    private Numbers ask(int item, Baskets baskets, int holders) {
        open(baskets, holders);
        return get(Numbers.class, item, baskets, () -> new Numbers(reads.incrementAndGet()));
    }

    private <T extends HolderLists.Sized> T get(
            Class<T> kind, int item, Baskets baskets, Supplier<T> read) {
        return lists.get(new HolderLists.Key(kind, item, null, 1), baskets, opened, read);
    }

    private void open(Baskets baskets, int holders) {
        opened.openLast(baskets, IntStream.range(0, holders).toArray(), holders);
    }

    private static Baskets baskets(int... items) {
        Baskets baskets = Baskets.EMPTY;
        for (int slot = 0; slot < items.length; slot++) {
            baskets = withRow(baskets, slot, basket(items[slot]));
        }
        return baskets;
    }

    private static int[] basket(int item) {
        return BasketEntries.append(BasketEntries.NONE, item, 1, 1, 1, 0);
    }

    private static Baskets withRow(Baskets old, int slot, int[] row) {
        SlotEntries.Draft latest = new SlotEntries.Draft(old.latest(), BasketEntries.WIDTH);
        latest.set(slot, row);
        return Components.with(old, "latest", latest.seal());
    }
}
