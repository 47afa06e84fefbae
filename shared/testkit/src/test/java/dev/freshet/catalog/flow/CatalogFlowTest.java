package dev.freshet.catalog.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Embedder.EmbedderUnavailableException;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.ItemReader;
import dev.freshet.catalog.flow.CatalogFlow.ItemResult;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public class CatalogFlowTest {
    private final MemoryCatalog items = new MemoryCatalog(new SettableClock(Examples.NOON));
    private final MemoryExampleLog told = new MemoryExampleLog();
    private Catalog catalog = items;
    private ExampleLog examples = told;
    private ItemEmbedding embedding = ItemEmbedding.NONE;

    public static Item item(String id, long version, String title) {
        return Item.of(
                id,
                version,
                new Item.Content(
                        "article",
                        null,
                        title,
                        "The text of " + title,
                        List.of("news"),
                        "Ann",
                        Examples.NOON,
                        Map.of("desk", AttributeValue.of("home"))));
    }

    private CatalogFlow flow() {
        return new CatalogFlow(
                catalog,
                examples,
                item -> Map.of(item.text().hashCode(), 1),
                embedding,
                () -> Examples.NOON);
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
        assertThat(flow().put(List.of(item("tea", 1, "Tea")))).containsExactly(ItemResult.ACCEPTED);

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

        assertThat(flow().put(List.of(item("tea", 1, "Tea")))).containsExactly(ItemResult.ACCEPTED);

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

        assertThat(flow().put(List.of(item("tea", 1, "Tea"))))
                .containsExactly(ItemResult.UNEMBEDDED);

        assertThat(items.get("tea").orElseThrow().embedding()).isEqualTo(Embedding.NONE);
        assertThat(told()).hasSize(1);
    }

    @Test
    void theSameVersionAgainIsReportedAgainAndAnOlderOneIsNot() {
        CatalogFlow flow = flow();
        flow.put(List.of(item("tea", 2, "Tea")));

        assertThat(flow.put(List.of(item("tea", 2, "Tea")))).containsExactly(ItemResult.ACCEPTED);
        assertThat(flow.put(List.of(item("tea", 1, "Old tea")))).containsExactly(ItemResult.OLDER);

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

        List<ItemResult> results = flow().put(batch);

        assertThat(results.get(3)).isEqualTo(ItemResult.UNAVAILABLE);
        assertThat(results).filteredOn(result -> result == ItemResult.ACCEPTED).hasSize(5);
        assertThat(told())
                .extracting(Item::itemId)
                .containsExactly("item-0", "item-1", "item-2", "item-4", "item-5");
    }

    @Test
    void anItemThatTheModelWasNotReportedOfIsNotStoredAndSendingItAgainReportsIt() {
        examples = Faults.before(ExampleLog.class, told, call -> true);
        assertThat(flow().put(List.of(item("tea", 1, "Tea"))))
                .containsExactly(ItemResult.UNAVAILABLE);
        assertThat(told()).isEmpty();

        examples = told;
        assertThat(flow().put(List.of(item("tea", 1, "Tea")))).containsExactly(ItemResult.ACCEPTED);
        assertThat(told()).hasSize(1);
    }

    @Test
    void fiveHundredItemsAreReportedInFewRecordsEachWithinItsBound() {
        List<Item> batch =
                IntStream.range(0, 500)
                        .mapToObj(i -> item("item-" + i, 1, "Title ".repeat(150) + i))
                        .toList();

        assertThat(flow().put(batch)).containsOnly(ItemResult.ACCEPTED);

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
    void withoutAVersionTheTimeOfReceiptIsTaken() {
        assertThat(flow().put(List.of(unversioned("tea", "Tea"))))
                .containsExactly(ItemResult.ACCEPTED);

        assertThat(items.get("tea")).contains(item("tea", Examples.NOON.toEpochMilli(), "Tea"));
        assertThat(told())
                .singleElement()
                .extracting(Item::version)
                .isEqualTo(Examples.NOON.toEpochMilli());
    }

    @Test
    void ofTwoPutsInOneMillisecondTheLaterStays() {
        CatalogFlow flow = flow();
        flow.put(List.of(unversioned("tea", "Tea")));
        flow.put(List.of(unversioned("tea", "Green tea")));
        flow.put(List.of(unversioned("tea", "Black tea"), unversioned("tea", "Mint tea")));

        long noon = Examples.NOON.toEpochMilli();
        assertThat(items.get("tea")).contains(item("tea", noon + 3, "Mint tea"));
        assertThat(told())
                .extracting(Item::version)
                .containsExactly(noon, noon + 1, noon + 2, noon + 3);
    }

    @Test
    void theSameContentWithoutAVersionIsReportedAgainAndNotWritten() {
        embedding = ItemEmbeddingTest.by(text -> new float[] {text.length(), 1});
        CatalogFlow flow = flow();
        flow.put(List.of(unversioned("tea", "Tea")));
        Item first = items.get("tea").orElseThrow();
        List<String> embedded = new ArrayList<>();
        embedding =
                ItemEmbeddingTest.by(
                        text -> {
                            embedded.add(text);
                            return new float[] {text.length(), 1};
                        });

        assertThat(flow().put(List.of(unversioned("tea", "Tea"))))
                .containsExactly(ItemResult.ACCEPTED);

        assertThat(items.get("tea")).contains(first);
        assertThat(embedded).isEmpty();
        assertThat(told()).extracting(Item::version).containsOnly(first.version()).hasSize(2);
    }

    @Test
    void anItemThatCouldNotBeEmbeddedIsEmbeddedWhenItIsSentAgainWithoutAVersion() {
        embedding =
                ItemEmbeddingTest.by(
                        text -> {
                            throw new EmbedderUnavailableException("down", new Exception("down"));
                        });
        assertThat(flow().put(List.of(unversioned("tea", "Tea"))))
                .containsExactly(ItemResult.UNEMBEDDED);
        embedding = ItemEmbeddingTest.by(text -> new float[] {text.length(), 1});

        assertThat(flow().put(List.of(unversioned("tea", "Tea"))))
                .containsExactly(ItemResult.ACCEPTED);

        assertThat(items.get("tea").orElseThrow().embedding().isEmpty()).isFalse();
        assertThat(told().getLast().version()).isEqualTo(Examples.NOON.toEpochMilli() + 1);
    }

    @Test
    void versionsOfTheSiteAreExceededAndLowerOnesRefusedFromThenOn() {
        CatalogFlow flow = flow();
        long noon = Examples.NOON.toEpochMilli();
        flow.put(List.of(item("tea", 7, "Tea")));
        flow.put(List.of(item("milk", noon * 1_000, "Milk")));
        flow.put(List.of(item("last", ItemReader.MAX_VERSION, "Last")));

        assertThat(
                        flow.put(
                                List.of(
                                        unversioned("tea", "Green tea"),
                                        unversioned("milk", "Oat milk"),
                                        unversioned("last", "Later"))))
                .containsExactly(ItemResult.ACCEPTED, ItemResult.ACCEPTED, ItemResult.OLDER);

        assertThat(items.get("tea").orElseThrow().version()).isEqualTo(noon);
        assertThat(items.get("milk").orElseThrow().version()).isEqualTo(noon * 1_000 + 1);
        assertThat(flow.put(List.of(item("tea", 8, "Tea")))).containsExactly(ItemResult.OLDER);
    }

    @Test
    void aDeletedItemComesBackWithoutAVersion() {
        CatalogFlow flow = flow();
        flow.put(List.of(unversioned("tea", "Tea")));
        flow.delete("tea", Optional.empty());

        assertThat(flow.put(List.of(unversioned("tea", "Tea"))))
                .containsExactly(ItemResult.ACCEPTED);

        assertThat(items.get("tea")).contains(item("tea", Examples.NOON.toEpochMilli() + 2, "Tea"));
    }

    @Test
    void aWriterThatComesInBetweenIsWrittenOverAndNotLost() {
        items.put(item("tea", Examples.NOON.toEpochMilli() + 5, "Older tea"));
        AtomicInteger reads = new AtomicInteger();
        catalog =
                Faults.before(
                        Catalog.class,
                        items,
                        call -> {
                            if (call.method().equals("put") && reads.getAndIncrement() == 0) {
                                items.put(
                                        item("tea", Examples.NOON.toEpochMilli() + 9, "Other tea"));
                            }
                            return false;
                        });

        assertThat(flow().put(List.of(unversioned("tea", "Tea"))))
                .containsExactly(ItemResult.ACCEPTED);

        assertThat(items.get("tea"))
                .contains(item("tea", Examples.NOON.toEpochMilli() + 10, "Tea"));
    }

    @Test
    void writersThatNeverCeaseMakeAPutThatIsToBeSentAgain() {
        AtomicLong version = new AtomicLong(Examples.NOON.toEpochMilli() * 2);
        catalog =
                Faults.before(
                        Catalog.class,
                        items,
                        call -> {
                            if (call.method().equals("put")) {
                                items.put(item("tea", version.incrementAndGet(), "Other tea"));
                            }
                            return false;
                        });

        assertThat(flow().put(List.of(unversioned("tea", "Tea"))))
                .containsExactly(ItemResult.UNAVAILABLE);
        assertThat(told()).isEmpty();
    }

    private static Item unversioned(String id, String title) {
        return item(id, Item.UNVERSIONED, title);
    }

    @Test
    void aDeletionLeavesATombstoneOneVersionUpAndRepeatingItChangesNothing() {
        CatalogFlow flow = flow();
        flow.put(List.of(item("tea", 4, "Tea")));

        assertThat(flow.delete("tea", Optional.empty())).isEqualTo(ItemResult.ACCEPTED);
        assertThat(flow.delete("tea", Optional.empty())).isEqualTo(ItemResult.ACCEPTED);

        assertThat(items.get("tea")).contains(Item.tombstone("tea", 5));
        assertThat(told().getLast()).isEqualTo(Item.tombstone("tea", 5));
    }

    @Test
    void aDeletionWithAnOlderVersionIsRefused() {
        CatalogFlow flow = flow();
        flow.put(List.of(item("tea", 4, "Tea")));

        assertThat(flow.delete("tea", Optional.of(3L))).isEqualTo(ItemResult.OLDER);
        assertThat(items.get("tea").orElseThrow().deleted()).isFalse();
    }

    @Test
    void deletingWhatWasNeverThereChangesNothing() {
        assertThat(flow().delete("tea", Optional.empty())).isEqualTo(ItemResult.ACCEPTED);
        assertThat(items.get("tea")).isEmpty();
        assertThat(told()).isEmpty();
    }
}
