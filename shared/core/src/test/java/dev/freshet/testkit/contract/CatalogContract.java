package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Catalog.Put;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.Item.Availability;
import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Catalog}: the tests that each of its adapters passes. */
public abstract class CatalogContract {
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07.250Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final String id = "item-" + UUID.randomUUID();
    private Catalog catalog;

    protected abstract Catalog catalog(InstantSource clock);

    @BeforeEach
    void open() {
        catalog = catalog(clock);
    }

    @Test
    void anItemComesBackAsItWasPut() {
        Item full =
                new Item(
                        id,
                        7,
                        false,
                        new Item.Content(
                                "article",
                                "group-1",
                                "Águas de março",
                                "Text.\n".repeat(2000),
                                List.of("rain", "music", "rain"),
                                "Tom",
                                NOW,
                                Map.of(
                                        "section",
                                        AttributeValue.of("culture"),
                                        "empty",
                                        AttributeValue.of(""),
                                        "price",
                                        AttributeValue.of(19.9),
                                        "least",
                                        AttributeValue.of(-AttributeValue.Numeric.LEAST),
                                        "most",
                                        AttributeValue.of(AttributeValue.Numeric.MOST),
                                        "sale",
                                        AttributeValue.of(true),
                                        "sizes",
                                        AttributeValue.of(List.of("S", "XL")),
                                        "colours",
                                        AttributeValue.of(List.of()))),
                        List.of(
                                new Availability(Set.of("BR", "US-NY"), NOW, NOW.plusSeconds(9)),
                                new Availability(Set.of(), null, null)),
                        new RepeatRule.After(Duration.ofSeconds(90)),
                        Embedding.given(List.of(0.25f, -1e-30f, Float.MAX_VALUE)));
        assertThat(catalog.put(full)).isEqualTo(Put.APPLIED);
        assertThat(catalog.get(id)).contains(full);
    }

    @Test
    void aBareItemAndTheOtherRepeatRulesComeBack() {
        for (RepeatRule rule : List.of(RepeatRule.NEVER, RepeatRule.ALWAYS)) {
            Item bare =
                    new Item(
                            id + rule,
                            0,
                            false,
                            Item.Content.of("", "", List.of()),
                            List.of(),
                            rule,
                            Embedding.NONE);
            catalog.put(bare);
            assertThat(catalog.get(id + rule)).contains(bare);
        }
    }

    @Test
    void theLargestEmbeddingComesBack() {
        Item item = item(1, null, Collections.nCopies(1024, 0.1f));
        catalog.put(item);
        assertThat(catalog.get(id)).contains(item);
    }

    @Test
    void onlyAHigherVersionIsApplied() {
        assertThat(catalog.put(item(5))).isEqualTo(Put.APPLIED);
        assertThat(catalog.put(item(5))).isEqualTo(Put.SAME);
        assertThat(catalog.put(item(4))).isEqualTo(Put.OLDER);
        assertThat(catalog.get(id)).contains(item(5));
        assertThat(catalog.put(item(6))).isEqualTo(Put.APPLIED);
        assertThat(catalog.get(id)).contains(item(6));
    }

    @Test
    void aDeletionIsAVersionLikeAnother() {
        catalog.put(item(5));
        assertThat(catalog.put(Item.tombstone(id, 6))).isEqualTo(Put.APPLIED);
        assertThat(catalog.put(Item.tombstone(id, 6))).isEqualTo(Put.SAME);
        assertThat(catalog.get(id)).contains(Item.tombstone(id, 6));
        assertThat(catalog.put(item(5))).isEqualTo(Put.OLDER);
        assertThat(catalog.put(item(7))).isEqualTo(Put.APPLIED);
        assertThat(catalog.get(id)).contains(item(7));
    }

    @Test
    void oneVersionIsEitherAnItemOrATombstone() {
        catalog.put(item(5));
        assertThat(catalog.put(Item.tombstone(id, 5))).isEqualTo(Put.OLDER);
        assertThat(catalog.get(id)).contains(item(5));
        catalog.put(Item.tombstone(id, 6));
        assertThat(catalog.put(item(6))).isEqualTo(Put.OLDER);
        assertThat(catalog.get(id)).contains(Item.tombstone(id, 6));
    }

    @Test
    void anItemIsReplacedOnlyWhileTheVersionThatWasReadIsStored() {
        assertThat(catalog.replace(item(6), 5)).isFalse();
        catalog.put(item(5));
        assertThat(catalog.replace(item(9), 4)).isFalse();
        assertThat(catalog.replace(item(6), 5)).isTrue();
        assertThat(catalog.get(id)).contains(item(6));
        assertThat(catalog.replace(item(7), 5)).isFalse();
        assertThat(catalog.get(id)).contains(item(6));
    }

    @Test
    void pagesHoldEveryItemOnceInOneOrderAndNoTombstones() {
        for (int i = 0; i < 25; i++) {
            catalog.put(Item.bare(id + "-" + i, 1));
            catalog.put(Item.tombstone(id + "-gone-" + i, 1));
        }
        List<String> first = mine(3);
        assertThat(first).hasSize(25).doesNotHaveDuplicates();
        assertThat(first).noneMatch(one -> one.contains("gone"));
        assertThat(mine(100)).isEqualTo(first);
    }

    @Test
    void aPageGoesOnAfterAnItemThatIsGone() {
        for (int i = 0; i < 6; i++) {
            catalog.put(Item.bare(id + "-" + i, 1));
        }
        List<String> all = mine(1);
        String third = all.get(2);
        catalog.put(Item.tombstone(third, 2));
        List<String> rest = mine(catalog::page, third, 2).stream().map(Item::itemId).toList();

        assertThat(rest).isEqualTo(all.subList(3, 6));
    }

    @Test
    void tombstonesAreAmongTheEntriesAndOnNoPage() {
        catalog.put(Item.bare(id + "-a", 1));
        catalog.put(Item.bare(id + "-b", 1));
        catalog.put(Item.tombstone(id + "-b", 2));
        List<Item> entries = mine(catalog::entries, null, 100);

        assertThat(entries.stream().map(one -> one.itemId() + " " + one.deleted()))
                .containsExactlyInAnyOrder(id + "-a false", id + "-b true");
        assertThat(mine(100)).containsExactly(id + "-a");
    }

    private List<String> mine(int most) {
        return mine(catalog::page, null, most).stream().map(Item::itemId).toList();
    }

    /** Pages of a catalogue. */
    private interface Pages {
        Catalog.Page after(@Nullable String last, int most);
    }

    /** Returns the items of this test on the pages after one. */
    private List<Item> mine(Pages pages, @Nullable String last, int most) {
        List<Item> items = new ArrayList<>();
        String after = last;
        do {
            Catalog.Page page = pages.after(after, most);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(most);
            page.items().stream().filter(one -> one.itemId().startsWith(id)).forEach(items::add);
            after = page.last();
        } while (after != null);
        return items;
    }

    @Test
    void anUnknownItemIsAbsent() {
        assertThat(catalog.get(id)).isEmpty();
    }

    @Test
    void anItemIsAbsentOnceItsLastWindowHasClosed() {
        catalog.put(item(5, NOW.plusSeconds(60), List.of()));
        clock.advance(Duration.ofSeconds(59));
        assertThat(catalog.get(id)).isPresent();
        clock.advance(Duration.ofSeconds(2));
        assertThat(catalog.get(id)).isEmpty();
        assertThat(scanned()).doesNotContain(item(5, NOW.plusSeconds(60), List.of()));
        assertThat(catalog.put(item(4))).isEqualTo(Put.APPLIED);
    }

    @Test
    void tombstonesAndItemsWithoutAnEndDoNotExpire() {
        catalog.put(item(5));
        catalog.put(Item.tombstone(id + "-gone", 1));
        clock.advance(Duration.ofDays(5_000));
        assertThat(catalog.get(id)).isPresent();
        assertThat(catalog.get(id + "-gone")).isPresent();
    }

    @Test
    void aScanMeetsEveryItemOnceTombstonesToo() {
        for (int i = 0; i < 30; i++) {
            catalog.put(Item.tombstone(id + "-" + i, i));
        }
        List<Item> mine = scanned().stream().filter(item -> item.itemId().startsWith(id)).toList();
        assertThat(mine).hasSize(30).contains(Item.tombstone(id + "-29", 29));
    }

    private List<Item> scanned() {
        List<Item> all = Collections.synchronizedList(new ArrayList<>());
        catalog.scan(all::add);
        return all;
    }

    private Item item(long version) {
        return item(version, null, List.of());
    }

    private Item item(long version, @Nullable Instant until, List<Float> embedding) {
        List<Availability> windows =
                until == null ? List.of() : List.of(new Availability(Set.of(), null, until));
        return new Item(
                id,
                version,
                false,
                Item.Content.of("article", "Title " + version, List.of()),
                windows,
                RepeatRule.NEVER,
                Embedding.given(embedding));
    }
}
