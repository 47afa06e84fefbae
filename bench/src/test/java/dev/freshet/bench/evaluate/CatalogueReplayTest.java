package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.bench.evaluate.TraceReplay.CatalogueReplay;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueReplayTest {
    private static final Trace TRACE = Toy.views("ann:a", "bob:b", "bob:a", "cid:c", "dan:c");

    private static final Item TEA =
            Item.of("a", 1, Item.Content.of("drink", "Tea", List.of("hot")));

    /** Returns the ids that are put in front of each step. */
    private static List<List<String>> puts(Duration after) {
        CatalogueReplay catalogue = new CatalogueReplay(List.of(TEA), after);
        List<List<String>> puts = new ArrayList<>();
        for (Step step : TRACE.steps()) {
            puts.add(
                    catalogue.due(step).stream()
                            .map(example -> ((Example.ItemChanged) example).item().itemId())
                            .toList());
        }
        return puts;
    }

    @Test
    void anItemIsPutInFrontOfItsFirstEventAndOnlyOnce() {
        assertThat(puts(Duration.ZERO))
                .containsExactly(List.of("a"), List.of("b"), List.of(), List.of("c"), List.of());
    }

    @Test
    void aLatePutComesWithTheFirstEventAtOrAfterItsTime() {
        assertThat(puts(Duration.ofSeconds(60)))
                .containsExactly(List.of(), List.of("a"), List.of("b"), List.of(), List.of("c"));
        assertThat(puts(Duration.ofSeconds(61)))
                .containsExactly(List.of(), List.of(), List.of("a"), List.of("b"), List.of());
    }

    @Test
    void theDataSetsOwnRecordIsPutWhereThereIsOne() {
        CatalogueReplay catalogue = new CatalogueReplay(List.of(TEA), Duration.ZERO);
        Example.ItemChanged own =
                (Example.ItemChanged) catalogue.due(TRACE.steps().get(0)).getFirst();
        Example.ItemChanged bare =
                (Example.ItemChanged) catalogue.due(TRACE.steps().get(1)).getFirst();

        assertThat(own.item().title()).isEqualTo("Tea");
        assertThat(own.putAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(bare.item().title()).isEmpty();
        assertThat(bare.putAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_060));
    }

    @Test
    void eventsOfAnItemWaitUntilItIsPutAndCountThen() {
        ReplaySettings late =
                new ReplaySettings(ReplaySettings.DEFAULT.model(), Duration.ofSeconds(150));
        TraceReplay replay = new TraceReplay(late, TRACE.catalogue(), Map.of());
        replay.learn(TRACE.steps().subList(0, 3));
        assertThat(replay.model().items().size()).isZero();
        assertThat(replay.model().users()).isZero();
        replay.learn(TRACE.steps().subList(3, 4));
        assertThat(replay.model().items().index("a")).isNotNegative();
        assertThat(replay.model().items().index("b")).isNegative();
        assertThat(replay.model().users()).isEqualTo(2);
    }

    @Test
    void anOpenStackKnowsItsRecordsBeforeTheFirstEvent() {
        TraceReplay replay = new TraceReplay(ReplaySettings.UNLIMITED, List.of(TEA), Map.of());
        assertThat(replay.model().items().index("a")).isNotNegative();
        replay.learn(TRACE.steps().subList(0, 2));
        assertThat(replay.model().items().size()).isEqualTo(2);
        assertThat(replay.model().settings()).isEqualTo(ModelSettings.DEFAULT);
    }
}
