package dev.freshet.itemflow;

import static dev.freshet.itemflow.CatalogFlow.ItemResult.ACCEPTED;
import static dev.freshet.itemflow.CatalogFlow.ItemResult.OLDER;
import static dev.freshet.itemflow.CatalogFlow.ItemResult.UNAVAILABLE;
import static dev.freshet.itemflow.CatalogFlow.ItemResult.UNEMBEDDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Embedder.EmbedderUnavailableException;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.ItemReader;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog;
import dev.freshet.features.Faults;
import dev.freshet.itemflow.CatalogFlow.ItemResult;
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
    private static final long MILLIS = Examples.NOON.toEpochMilli();

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

    private static float[] lengths(String text) {
        return new float[] {text.length(), 1};
    }

    private static float[] down(String text) {
        throw new EmbedderUnavailableException("down", new Exception("down"));
    }

    private List<ItemResult> put(Item... items) {
        return flow().put(List.of(items));
    }

    private List<Item> told() {
        return told.records().stream()
                .flatMap(record -> ExampleCodec.decode(record).stream())
                .map(example -> ((Example.ItemChanged) example).item())
                .toList();
    }

    @Test
    void anItemIsKeptWithItsTextAndReportedWithoutIt() {
        assertThat(put(item("tea", 1, "Tea"))).containsExactly(ACCEPTED);

        assertThat(items.get("tea").orElseThrow().text()).isEqualTo("The text of Tea");
        assertThat(told()).extracting(Item::title, Item::text).containsExactly(tuple("Tea", ""));
    }

    @Test
    void anItemIsKeptAndReportedWithTheEmbeddingOfItsText() {
        embedding = ItemEmbeddingTest.by(CatalogFlowTest::lengths);

        assertThat(put(item("tea", 1, "Tea"))).containsExactly(ACCEPTED);

        assertThat(items.get("tea").orElseThrow().embedding().space()).isEqualTo("lengths/2");
        assertThat(told())
                .singleElement()
                .extracting(Item::embedding)
                .isEqualTo(items.get("tea").orElseThrow().embedding());
    }

    @Test
    void anItemThatCannotBeEmbeddedIsKeptAndReportedWithoutAndSaidSo() {
        embedding = ItemEmbeddingTest.by(CatalogFlowTest::down);

        assertThat(put(item("tea", 1, "Tea"))).containsExactly(UNEMBEDDED);

        assertThat(items.get("tea").orElseThrow().embedding()).isEqualTo(Embedding.NONE);
        assertThat(told()).hasSize(1);
    }

    @Test
    void theSameVersionAgainIsReportedAgainAndAnOlderOneIsNot() {
        put(item("tea", 2, "Tea"));

        assertThat(put(item("tea", 2, "Tea"))).containsExactly(ACCEPTED);
        assertThat(put(item("tea", 1, "Old tea"))).containsExactly(OLDER);

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

        assertThat(results.get(3)).isEqualTo(UNAVAILABLE);
        assertThat(results).filteredOn(result -> result == ACCEPTED).hasSize(5);
        assertThat(told())
                .extracting(Item::itemId)
                .containsExactly("item-0", "item-1", "item-2", "item-4", "item-5");
    }

    @Test
    void anItemThatTheModelWasNotReportedOfIsNotStoredAndSendingItAgainReportsIt() {
        examples = Faults.before(ExampleLog.class, told, call -> true);
        assertThat(put(item("tea", 1, "Tea"))).containsExactly(UNAVAILABLE);
        assertThat(told()).isEmpty();

        examples = told;
        assertThat(put(item("tea", 1, "Tea"))).containsExactly(ACCEPTED);
        assertThat(told()).hasSize(1);
    }

    @Test
    void fiveHundredItemsAreReportedInFewRecordsEachWithinItsBound() {
        List<Item> batch =
                IntStream.range(0, 500)
                        .mapToObj(i -> item("item-" + i, 1, "Title ".repeat(150) + i))
                        .toList();

        assertThat(flow().put(batch)).containsOnly(ACCEPTED);

        assertThat(told())
                .extracting(Item::itemId)
                .containsExactlyElementsOf(batch.stream().map(Item::itemId).toList());
        assertThat(told.records())
                .hasSizeLessThanOrEqualTo(3)
                .allMatch(record -> record.length <= ExampleLog.MAX_RECORD_BYTES);
    }

    @Test
    void withoutAVersionTheTimeOfReceiptIsTaken() {
        assertThat(put(unversioned("tea", "Tea"))).containsExactly(ACCEPTED);

        assertThat(items.get("tea")).contains(item("tea", MILLIS, "Tea"));
        assertThat(told()).singleElement().extracting(Item::version).isEqualTo(MILLIS);
    }

    @Test
    void ofTwoPutsInOneMillisecondTheLaterStays() {
        put(unversioned("tea", "Tea"));
        put(unversioned("tea", "Green tea"));
        put(unversioned("tea", "Black tea"), unversioned("tea", "Mint tea"));

        assertThat(items.get("tea")).contains(item("tea", MILLIS + 3, "Mint tea"));
        assertThat(told())
                .extracting(Item::version)
                .containsExactly(MILLIS, MILLIS + 1, MILLIS + 2, MILLIS + 3);
    }

    @Test
    void theSameContentWithoutAVersionIsReportedAgainAndNotWritten() {
        embedding = ItemEmbeddingTest.by(CatalogFlowTest::lengths);
        put(unversioned("tea", "Tea"));
        Item first = items.get("tea").orElseThrow();
        List<String> embedded = new ArrayList<>();
        embedding =
                ItemEmbeddingTest.by(
                        text -> {
                            embedded.add(text);
                            return new float[] {text.length(), 1};
                        });

        assertThat(put(unversioned("tea", "Tea"))).containsExactly(ACCEPTED);

        assertThat(items.get("tea")).contains(first);
        assertThat(embedded).isEmpty();
        assertThat(told()).extracting(Item::version).containsOnly(first.version()).hasSize(2);
    }

    @Test
    void anItemThatCouldNotBeEmbeddedIsEmbeddedWhenItIsSentAgainWithoutAVersion() {
        embedding = ItemEmbeddingTest.by(CatalogFlowTest::down);
        assertThat(put(unversioned("tea", "Tea"))).containsExactly(UNEMBEDDED);
        embedding = ItemEmbeddingTest.by(CatalogFlowTest::lengths);

        assertThat(put(unversioned("tea", "Tea"))).containsExactly(ACCEPTED);

        assertThat(items.get("tea").orElseThrow().embedding().isEmpty()).isFalse();
        assertThat(told().getLast().version()).isEqualTo(MILLIS + 1);
    }

    @Test
    void versionsOfTheSiteAreExceededAndLowerOnesRefusedFromThenOn() {
        put(item("tea", 7, "Tea"));
        put(item("milk", MILLIS * 1_000, "Milk"));
        put(item("last", ItemReader.MAX_VERSION, "Last"));

        assertThat(
                        put(
                                unversioned("tea", "Green tea"),
                                unversioned("milk", "Oat milk"),
                                unversioned("last", "Later")))
                .containsExactly(ACCEPTED, ACCEPTED, OLDER);

        assertThat(items.get("tea").orElseThrow().version()).isEqualTo(MILLIS);
        assertThat(items.get("milk").orElseThrow().version()).isEqualTo(MILLIS * 1_000 + 1);
        assertThat(put(item("tea", 8, "Tea"))).containsExactly(OLDER);
    }

    @Test
    void aDeletedItemComesBackWithoutAVersion() {
        put(unversioned("tea", "Tea"));
        flow().delete("tea", Optional.empty());

        assertThat(put(unversioned("tea", "Tea"))).containsExactly(ACCEPTED);

        assertThat(items.get("tea")).contains(item("tea", MILLIS + 2, "Tea"));
    }

    @Test
    void aWriterThatComesInBetweenIsWrittenOverAndNotLost() {
        items.put(item("tea", MILLIS + 5, "Older tea"));
        interfering(1, MILLIS + 9);

        assertThat(put(unversioned("tea", "Tea"))).containsExactly(ACCEPTED);

        assertThat(items.get("tea")).contains(item("tea", MILLIS + 10, "Tea"));
    }

    @Test
    void writersThatNeverCeaseMakeAPutThatIsToBeSentAgain() {
        interfering(Integer.MAX_VALUE, MILLIS * 2);

        assertThat(put(unversioned("tea", "Tea"))).containsExactly(UNAVAILABLE);
        assertThat(told()).isEmpty();
    }

    /** Another writer comes before so many puts, each time with a higher version. */
    private void interfering(int puts, long version) {
        catalog =
                Faults.on(
                        Catalog.class,
                        items,
                        call -> {
                            if (call.method().equals("put") && call.number() <= puts) {
                                items.put(item("tea", version + call.number() - 1, "Other tea"));
                            }
                        });
    }

    private static Item unversioned(String id, String title) {
        return item(id, Item.UNVERSIONED, title);
    }

    @Test
    void aDeletionLeavesATombstoneOneVersionUpAndRepeatingItChangesNothing() {
        put(item("tea", 4, "Tea"));

        assertThat(flow().delete("tea", Optional.empty())).isEqualTo(ACCEPTED);
        assertThat(flow().delete("tea", Optional.empty())).isEqualTo(ACCEPTED);

        assertThat(items.get("tea")).contains(Item.tombstone("tea", 5));
        assertThat(told().getLast()).isEqualTo(Item.tombstone("tea", 5));
    }

    @Test
    void aDeletionWithAnOlderOrTheStoredVersionIsRefused() {
        put(item("tea", 4, "Tea"));

        assertThat(flow().delete("tea", Optional.of(3L))).isEqualTo(OLDER);
        assertThat(flow().delete("tea", Optional.of(4L))).isEqualTo(OLDER);
        assertThat(items.get("tea").orElseThrow().deleted()).isFalse();
    }

    @Test
    void deletingWhatWasNeverThereChangesNothing() {
        assertThat(flow().delete("tea", Optional.empty())).isEqualTo(ACCEPTED);
        assertThat(items.get("tea")).isEmpty();
        assertThat(told()).isEmpty();
    }
}
