package dev.freshet.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.model.item.ItemTable;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Field;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompiledFilterTest {
    private static final Instant MORNING = Instant.parse("2026-05-01T08:00:00Z");
    private static final Map<String, AttributeValue> ATTRIBUTES =
            Map.of(
                    "paid", AttributeValue.of("no"),
                    "price", AttributeValue.of(9.5),
                    "sale", AttributeValue.of(true),
                    "colours", AttributeValue.of(List.of("red", "blue")));
    private static final Item.Content CONTENT =
            new Item.Content(
                    "video",
                    "g",
                    "Title",
                    "",
                    List.of("football", "cup"),
                    "Ana",
                    MORNING,
                    ATTRIBUTES);
    private static final Item ITEM = Item.of("i1", 1, CONTENT);
    private static final Item BARE = Item.of("i2", 1, Item.Content.of("video", "", List.of()));

    @Test
    void anAttributeIsComparedInTypeAndValue() {
        assertThat(passes(is("price", AttributeValue.of(9.5)), ITEM)).isTrue();
        assertThat(passes(is("price", AttributeValue.of("9.5")), ITEM)).isFalse();
        assertThat(passes(is("sale", AttributeValue.of(true)), ITEM)).isTrue();
        assertThat(passes(is("sale", AttributeValue.of("true")), ITEM)).isFalse();
        assertThat(passes(is("sale", AttributeValue.of(false)), ITEM)).isFalse();
        assertThat(passes(is("colours", AttributeValue.of("red")), ITEM)).isFalse();
    }

    @Test
    void theBoundsOfPublicationAreInclusiveAndExclusive() {
        assertThat(passes(new Filter.During(Field.PUBLISHED_AT, MORNING, null), ITEM)).isTrue();
        assertThat(passes(new Filter.During(Field.PUBLISHED_AT, null, MORNING), ITEM)).isFalse();
        assertThat(passes(new Filter.During(Field.PUBLISHED_AT, null, MORNING.plusMillis(1)), ITEM))
                .isTrue();
        assertThat(passes(new Filter.During(Field.PUBLISHED_AT, null, null), BARE)).isFalse();
    }

    @Test
    void theConditionsOfAFieldCostOneLookupInAll() {
        ItemTable items = table(ITEM);
        CompiledFilter few = new CompiledFilter(any(in(Field.TYPE, "a")), items);
        CompiledFilter many = new CompiledFilter(anyOf200(i -> in(Field.TYPE, "type-" + i)), items);

        few.test(0);
        many.test(0);

        assertThat(many.steps()).isEqualTo(few.steps());
    }

    @Test
    void conditionsOnAttributesThatAnItemLacksCostNothing() {
        CompiledFilter filter =
                new CompiledFilter(
                        anyOf200(i -> in(attribute("missing-" + i), "x")), table(ITEM, BARE));

        assertThat(filter.test(0)).isFalse();
        assertThat(filter.test(1)).isFalse();
        assertThat(filter.steps())
                .as("a node for each item, and a lookup of each attribute of the one")
                .isEqualTo(2 + 4);
    }

    @Test
    void noItemPassesOnceTheStepsAreUsedUp() {
        CompiledFilter filter = new CompiledFilter(in(Field.TYPE, "video"), table(ITEM));
        long passed = 0;
        while (!filter.exhausted()) {
            passed += filter.test(0) ? 1 : 0;
        }

        assertThat(filter.test(0)).isFalse();
        assertThat(passed).isEqualTo(CompiledFilter.MAX_STEPS / 2);
        assertThat(filter.steps()).isEqualTo(CompiledFilter.MAX_STEPS);
    }

    @Test
    void severalFiltersHoldTogetherAndShareTheSteps() {
        Filter films = in(Field.TYPE, "video");
        CompiledFilter both = together(films, in(Field.TYPE, "article", "video"));
        CompiledFilter one = new CompiledFilter(films, table(ITEM));

        assertThat(both.test(0)).isTrue();
        one.test(0);
        assertThat(both.steps()).isEqualTo(2 * one.steps());
        assertThat(together(films, in(Field.TYPE, "article")).test(0)).isFalse();
    }

    @Test
    void filtersOfARequestAndOfArmsMayHaveAllTheirConditionsAtOnce() {
        Filter most =
                new Filter.All(
                        IntStream.range(0, 256)
                                .mapToObj(i -> in(Field.TYPE, "video", "other-" + i))
                                .toList());

        assertThat(together(most, most, most).test(0)).isTrue();
    }

    @Test
    void theEmptyFilterTakesNoSteps() {
        CompiledFilter filter = new CompiledFilter(Filter.EVERYTHING, table(ITEM));

        assertThat(filter.test(0)).isTrue();
        assertThat(filter.steps()).isZero();
    }

    private static Field attribute(String name) {
        return new Field("attributes." + name);
    }

    private static Filter is(String name, AttributeValue value) {
        return new Filter.In(attribute(name), Set.of(value));
    }

    private static Filter anyOf200(IntFunction<Filter> part) {
        return any(IntStream.range(0, 200).mapToObj(part).toArray(Filter[]::new));
    }

    private static Filter any(Filter... parts) {
        return new Filter.Any(List.of(parts));
    }

    private static Filter in(Field field, String... values) {
        return new Filter.In(
                field, Stream.of(values).map(AttributeValue::of).collect(Collectors.toSet()));
    }

    private static boolean passes(Filter filter, Item item) {
        return new CompiledFilter(filter, table(item)).test(0);
    }

    private static CompiledFilter together(Filter... filters) {
        return new CompiledFilter(List.of(filters), FilterUser.NOBODY, table(ITEM));
    }

    private static ItemTable table(Item... items) {
        ModelDraft draft = Model.EMPTY.draft();
        for (Item item : items) {
            draft.apply(new Example.ItemChanged(item, Map.of(), Instant.EPOCH));
        }
        return draft.seal().items();
    }
}
