package dev.freshet.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.Item;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue is copied whole, in as many runs as it takes. */
class ItemsCopyTest {
    private static final Instant NOW = Instant.parse("2026-11-24T02:10:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final MemoryCatalog catalog = new MemoryCatalog(clock);
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final ItemsCopy copy = new ItemsCopy(objects, catalog, clock);

    private List<String> rows() {
        return objects.keys(ItemsCopy.PREFIX, 1_000).stream()
                .flatMap(key -> new String(objects.get(key).orElseThrow(), UTF_8).lines())
                .toList();
    }

    private static Item titled(String id, int length) {
        Item.Content content = Item.Content.of("article", "t".repeat(length), List.of());
        return Item.of(id, 1, content);
    }

    @Test
    void itemsAndTombstonesBecomeRowsWithTheTimeOfTheCopy() {
        catalog.put(Item.bare("a", 3));
        catalog.put(Item.bare("b", 1));
        catalog.put(Item.tombstone("b", 2));

        assertThat(copy.run(ItemsCopy.Progress.BEGINNING, NOW.plusSeconds(60)))
                .isEqualTo(new ItemsCopy.Progress(1, "", 2));

        assertThat(rows()).hasSize(2);
        assertThat(rows().get(0))
                .contains("\"item_id\":\"a\"", "\"version\":3", "\"deleted\":false")
                .contains("\"valid_from\":" + NOW.getEpochSecond() * 1_000_000);
        assertThat(rows().get(1)).contains("\"version\":2", "\"deleted\":true");
    }

    @Test
    void anEmptyCatalogueLeavesAnObjectWithoutRowsAndNothingOfAnEarlierCopy() {
        for (int part = 0; part < 1_001; part++) {
            objects.put(ItemsCopy.PREFIX + part, new byte[] {1});
        }
        objects.put("staging/x", new byte[] {1});

        copy.run(ItemsCopy.Progress.BEGINNING, NOW.plusSeconds(60));

        assertThat(objects.keys("", 10)).containsExactly("catalogue/000000.jsonl", "staging/x");
        assertThat(rows()).isEmpty();
    }

    @Test
    void aCopyThatTakesSeveralRunsHasEveryItemOnce() {
        int items = 3 * ItemsCopy.PAGE + 7;
        int length = ItemsCopy.OBJECT_BYTES / ItemsCopy.PAGE;
        for (int i = 0; i < items; i++) {
            catalog.put(titled("i-%05d".formatted(i), length));
        }
        List<ItemsCopy.Progress> runs = new ArrayList<>();
        ItemsCopy.Progress at = ItemsCopy.Progress.BEGINNING;
        do {
            at = copy.run(at, NOW); // each run has time for one object
            runs.add(at);
        } while (!at.after().isEmpty());

        assertThat(runs).hasSize(4);
        assertThat(runs.stream().mapToInt(ItemsCopy.Progress::items).sum()).isEqualTo(items);
        assertThat(objects.keys(ItemsCopy.PREFIX, 10)).hasSize(4);
        assertThat(ids()).hasSize(items).doesNotHaveDuplicates();
    }

    @Test
    void aRunThatIsRepeatedWritesItsObjectsAgain() {
        for (int i = 0; i < 2 * ItemsCopy.PAGE; i++) {
            catalog.put(titled("i-%05d".formatted(i), ItemsCopy.OBJECT_BYTES / ItemsCopy.PAGE));
        }
        ItemsCopy.Progress first = copy.run(ItemsCopy.Progress.BEGINNING, NOW);
        copy.run(first, NOW.plusSeconds(60));
        List<String> once = rows();
        copy.run(first, NOW.plusSeconds(60));

        assertThat(rows()).isEqualTo(once);
    }

    private Stream<String> ids() {
        return rows().stream().map(row -> row.substring(0, row.indexOf(',')));
    }
}
