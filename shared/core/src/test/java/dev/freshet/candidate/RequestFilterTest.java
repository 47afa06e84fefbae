package dev.freshet.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Field;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestFilterTest {
    private static final Instant MORNING = Instant.parse("2026-05-01T08:00:00Z");
    private static final Item ITEM =
            new Item(
                    "i1",
                    1,
                    false,
                    "video",
                    "g",
                    "Title",
                    "",
                    List.of("football", "cup"),
                    "Ana",
                    MORNING,
                    Map.of("paid", "no"),
                    List.of(),
                    Item.RepeatRule.NEVER,
                    List.of());
    private static final Item BARE =
            new Item(
                    "i2",
                    1,
                    false,
                    "video",
                    null,
                    "",
                    "",
                    List.of(),
                    null,
                    null,
                    Map.of(),
                    List.of(),
                    Item.RepeatRule.NEVER,
                    List.of());

    @Test
    void everythingPassesTheEmptyFilter() {
        assertThat(passes(Filter.EVERYTHING, ITEM)).isTrue();
    }

    @Test
    void eachSingleFieldIsComparedWithTheValues() {
        assertThat(passes(in(Field.ITEM_ID, "i1", "i9"), ITEM)).isTrue();
        assertThat(passes(in(Field.TYPE, "video"), ITEM)).isTrue();
        assertThat(passes(in(Field.GROUP, "g"), ITEM)).isTrue();
        assertThat(passes(in(Field.AUTHOR, "Ana"), ITEM)).isTrue();
        assertThat(passes(in(new Field("attributes.paid"), "no"), ITEM)).isTrue();
        assertThat(passes(in(Field.TYPE, "article"), ITEM)).isFalse();
    }

    @Test
    void aFieldThatTheItemLacksFailsAndItsNegationHolds() {
        assertThat(passes(in(Field.AUTHOR, "Ana"), BARE)).isFalse();
        assertThat(passes(new Filter.Not(in(Field.AUTHOR, "Ana")), BARE)).isTrue();
        assertThat(passes(in(new Field("attributes.paid"), "no"), BARE)).isFalse();
    }

    @Test
    void tagsAreContained() {
        assertThat(passes(new Filter.Contains(Field.TAGS, "cup"), ITEM)).isTrue();
        assertThat(passes(new Filter.Contains(Field.TAGS, "sea"), ITEM)).isFalse();
    }

    @Test
    void theBoundsOfPublicationAreInclusiveAndExclusive() {
        assertThat(passes(new Filter.Published(MORNING, null), ITEM)).isTrue();
        assertThat(passes(new Filter.Published(null, MORNING), ITEM)).isFalse();
        assertThat(passes(new Filter.Published(null, MORNING.plusMillis(1)), ITEM)).isTrue();
        assertThat(passes(new Filter.Published(null, null), BARE)).isFalse();
    }

    @Test
    void allNeedsEachAndAnyNeedsOneAlsoOfNone() {
        Filter video = in(Field.TYPE, "video");
        Filter text = in(Field.TYPE, "text");
        assertThat(passes(new Filter.All(List.of(video, text)), ITEM)).isFalse();
        assertThat(passes(new Filter.Any(List.of(video, text)), ITEM)).isTrue();
        assertThat(passes(new Filter.Any(List.of()), ITEM)).isFalse();
    }

    private static Filter in(Field field, String... values) {
        return new Filter.In(field, Set.of(values));
    }

    private static boolean passes(Filter filter, Item item) {
        ModelDraft draft = Model.EMPTY.draft();
        draft.apply(new Example.ItemChanged(item, Map.of()));
        return RequestFilter.passing(filter, draft.seal().items()).test(0);
    }
}
