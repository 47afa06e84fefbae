package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.catalog.Item;
import dev.freshet.demo.DemoWorld;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratedTraceTest {
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

    private static Trace trace(long seed, int events) {
        GeneratedSite site = DemoWorld.NEWSPAPER.site(seed, 100, START);
        List<Item> items = site.items().stream().map(GeneratedItem::item).toList();
        return GeneratedTrace.of(site, items, seed, events);
    }

    @Test
    void everyLineIsReadAndViewsAreOfPublishedItems() {
        Trace trace = trace(1, 2_000);
        Map<String, Instant> published = new HashMap<>();
        trace.catalogue().forEach(item -> published.put(item.itemId(), item.publishedAt()));

        assertThat(trace.unreadLines()).isZero();
        assertThat(trace.steps()).hasSizeBetween(2_000, 2_200);
        for (Step step : trace.steps()) {
            assertThat(published.get(step.row().target().id()))
                    .isBefore(step.row().correctedAt().plusSeconds(1));
        }
    }

    @Test
    void equalSeedsGiveEqualStreams() {
        assertThat(Toy.order(trace(3, 500))).isEqualTo(Toy.order(trace(3, 500)));
        assertThat(Toy.order(trace(3, 500))).isNotEqualTo(Toy.order(trace(4, 500)));
    }

    @Test
    void aUserViewsAnItemOnceAndMayLikeItThen() {
        Trace trace = trace(5, 1_000);

        assertThat(trace.repeats()).isPositive();
        for (Step step : trace.steps()) {
            boolean view = step.interaction().type().wireName().equals("view");
            assertThat(step.interaction().first()).isEqualTo(view);
        }
    }
}
