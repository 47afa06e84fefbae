package dev.freshet.catalog.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.EmbedderUnavailableException;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.flow.CatalogFlow.Fate;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog;
import dev.freshet.features.Faults;
import dev.freshet.model.Examples;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryExampleLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public class CatalogFlowTest {
    private final MemoryCatalog items = new MemoryCatalog(new SettableClock(Examples.NOON));
    private final MemoryExampleLog told = new MemoryExampleLog();
    private Catalog catalog = items;
    private ExampleLog examples = told;
    private ItemEmbedding embedding = ItemEmbedding.NONE;

    public static Item item(String id, long version, String title) {
        return new Item(
                id,
                version,
                false,
                "article",
                null,
                title,
                "The text of " + title,
                List.of("news"),
                "Ann",
                Examples.NOON,
                Map.of("desk", "home"),
                List.of(),
                Item.RepeatRule.NEVER,
                List.of());
    }

    private CatalogFlow flow() {
        return new CatalogFlow(
                catalog, examples, item -> Map.of(item.text().hashCode(), 1), embedding);
    }

    private List<Item> told() {
        List<Item> all = new ArrayList<>();
        told.records()
                .forEach(
                        record ->
                                ExampleCodec.decode(record)
                                        .forEach(
                                                example ->
                                                        all.add(
                                                                ((Example.ItemChanged) example)
                                                                        .item())));
        return all;
    }

    @Test
    void anItemIsKeptWithItsTextAndReportedWithoutIt() {
        assertThat(flow().put(List.of(item("tea", 1, "Tea")))).containsExactly(Fate.TAKEN);

        assertThat(items.get("tea").orElseThrow().text()).isEqualTo("The text of Tea");
        assertThat(told())
                .singleElement()
                .satisfies(
                        item -> {
                            assertThat(item.text()).isEmpty();
                            assertThat(item.title()).isEqualTo("Tea");
                        });
    }

    @Test
    void anItemIsKeptAndReportedWithTheEmbeddingOfItsText() {
        embedding = ItemEmbeddingTest.by(text -> new float[] {text.length(), 1});

        assertThat(flow().put(List.of(item("tea", 1, "Tea")))).containsExactly(Fate.TAKEN);

        assertThat(items.get("tea").orElseThrow().embedding().space()).isEqualTo("lengths/2");
        assertThat(told())
                .singleElement()
                .extracting(Item::embedding)
                .isEqualTo(items.get("tea").orElseThrow().embedding());
    }

    @Test
    void anItemThatCannotBeEmbeddedIsKeptAndReportedWithoutAndSaidSo() {
        embedding =
                ItemEmbeddingTest.by(
                        text -> {
                            throw new EmbedderUnavailableException("down", new Exception("down"));
                        });

        assertThat(flow().put(List.of(item("tea", 1, "Tea")))).containsExactly(Fate.UNEMBEDDED);

        assertThat(items.get("tea").orElseThrow().embedding()).isEqualTo(Embedding.NONE);
        assertThat(told()).hasSize(1);
    }

    @Test
    void theSameVersionAgainIsReportedAgainAndAnOlderOneIsNot() {
        CatalogFlow flow = flow();
        flow.put(List.of(item("tea", 2, "Tea")));

        assertThat(flow.put(List.of(item("tea", 2, "Tea")))).containsExactly(Fate.TAKEN);
        assertThat(flow.put(List.of(item("tea", 1, "Old tea")))).containsExactly(Fate.OLDER);

        assertThat(told()).hasSize(2).allSatisfy(item -> assertThat(item.title()).isEqualTo("Tea"));
    }

    @Test
    void whatTheStoreDoesNotTakeIsNamedAndTheRestGoesOn() {
        catalog =
                Faults.before(
                        Catalog.class,
                        items,
                        call -> ((Item) call.arguments()[0]).itemId().equals("item-3"));
        List<Item> batch =
                IntStream.range(0, 6).mapToObj(i -> item("item-" + i, 1, "T" + i)).toList();

        List<Fate> fates = flow().put(batch);

        assertThat(fates.get(3)).isEqualTo(Fate.UNPLACED);
        assertThat(fates).filteredOn(fate -> fate == Fate.TAKEN).hasSize(5);
        assertThat(told())
                .extracting(Item::itemId)
                .containsExactly("item-0", "item-1", "item-2", "item-4", "item-5");
    }

    @Test
    void anItemThatTheModelWasNotReportedOfIsUnplacedAndSendingItAgainReportsIt() {
        examples = Faults.before(ExampleLog.class, told, call -> true);
        assertThat(flow().put(List.of(item("tea", 1, "Tea")))).containsExactly(Fate.UNPLACED);
        assertThat(told()).isEmpty();

        examples = told;
        assertThat(flow().put(List.of(item("tea", 1, "Tea")))).containsExactly(Fate.TAKEN);
        assertThat(told()).hasSize(1);
    }

    @Test
    void fiveHundredItemsAreReportedInFewRecordsEachWithinItsBound() {
        List<Item> batch =
                IntStream.range(0, 500)
                        .mapToObj(i -> item("item-" + i, 1, "Title ".repeat(150) + i))
                        .toList();

        assertThat(flow().put(batch)).containsOnly(Fate.TAKEN);

        assertThat(told())
                .extracting(Item::itemId)
                .containsExactlyElementsOf(batch.stream().map(Item::itemId).toList());
        assertThat(told.records())
                .hasSizeLessThanOrEqualTo(3)
                .allSatisfy(
                        record ->
                                assertThat(record.length)
                                        .isLessThanOrEqualTo(ExampleLog.MAX_RECORD_BYTES));
    }

    @Test
    void aDeletionLeavesATombstoneOneVersionUpAndRepeatingItChangesNothing() {
        CatalogFlow flow = flow();
        flow.put(List.of(item("tea", 4, "Tea")));

        assertThat(flow.delete("tea", Optional.empty())).isEqualTo(Fate.TAKEN);
        assertThat(flow.delete("tea", Optional.empty())).isEqualTo(Fate.TAKEN);

        assertThat(items.get("tea")).contains(Item.tombstone("tea", 5));
        assertThat(told().getLast()).isEqualTo(Item.tombstone("tea", 5));
    }

    @Test
    void aDeletionWithAnOlderVersionIsRefused() {
        CatalogFlow flow = flow();
        flow.put(List.of(item("tea", 4, "Tea")));

        assertThat(flow.delete("tea", Optional.of(3L))).isEqualTo(Fate.OLDER);
        assertThat(items.get("tea").orElseThrow().deleted()).isFalse();
    }

    @Test
    void deletingWhatWasNeverThereChangesNothing() {
        assertThat(flow().delete("tea", Optional.empty())).isEqualTo(Fate.TAKEN);
        assertThat(items.get("tea")).isEmpty();
        assertThat(told()).isEmpty();
    }
}
