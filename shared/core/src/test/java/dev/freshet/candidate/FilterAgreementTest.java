package dev.freshet.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.features.History;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.model.item.ItemTable;
import dev.freshet.query.FilterReader;
import dev.freshet.query.RecommendationQuery.SessionItem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random trees of JSON, read and compiled, against a second evaluation that goes by the documented
 * meaning of each condition, straight from the JSON, with neither reader nor bits.
 */
class FilterAgreementTest {
    private static final int TREES = 20_000;
    private static final int ITEMS_PER_TREE = 5;
    private static final int CATALOGUE = 300;
    private static final long SEED = 20261126;
    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    private static final List<String> TIMES =
            List.of(
                    "2026-05-01",
                    "2026-05-02T00:00:00Z",
                    "2026-05-02T01:30:00+02:00",
                    "2026-05-02T12:00:00.25Z",
                    "2026-05-03T23:59:59-03:00");

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void aHundredThousandVerdictsAreThoseOfTheDocumentedMeaning() {
        List<Item> catalogue = new ArrayList<>();
        ModelDraft draft = Model.EMPTY.draft();
        for (int at = 0; at < CATALOGUE; at++) {
            Item item = item("i" + at);
            catalogue.add(item);
            draft.apply(new Example.ItemChanged(item, Map.of(), NOW));
        }
        ItemTable table = draft.seal().items();
        int held = 0;
        for (int tree = 0; tree < TREES; tree++) {
            JsonNode json = tree(3);
            FilterUser user = user();
            CompiledFilter compiled =
                    new CompiledFilter(
                            List.of(new FilterReader(EventTypes.BUILT_IN).read(json, "filter")),
                            user,
                            table);
            for (int i = 0; i < ITEMS_PER_TREE; i++) {
                Item item = catalogue.get(random.nextInt(CATALOGUE));
                boolean expected = holds(json, item, user);
                held += expected ? 1 : 0;

                assertThat(compiled.test(table.index(item.itemId())))
                        .as("seed %d, tree %d: %s of %s for %s", SEED, tree, json, item, user)
                        .isEqualTo(expected);
            }
        }
        assertThat(held)
                .as("neither verdict is rare")
                .isBetween(TREES * ITEMS_PER_TREE / 5, TREES * ITEMS_PER_TREE * 4 / 5);
    }

    private static boolean holds(JsonNode tree, Item item, FilterUser user) {
        if (tree.has("all")) {
            return stream(tree.get("all")).allMatch(part -> holds(part, item, user));
        }
        if (tree.has("any")) {
            return stream(tree.get("any")).anyMatch(part -> holds(part, item, user));
        }
        if (tree.has("not")) {
            return !holds(tree.get("not"), item, user);
        }
        return tree.has("interacted")
                ? interacted(tree.get("interacted"), item, user)
                : field(tree, value(tree.get("field").textValue(), item), user);
    }

    private static boolean interacted(JsonNode wanted, Item item, FilterUser user) {
        Instant since =
                wanted.has("within")
                        ? NOW.minus(Duration.parse(wanted.get("within").textValue()))
                        : Instant.MIN;
        boolean inHistory =
                user.history().entries().stream()
                        .filter(entry -> entry.target().equals(Target.item(item.itemId())))
                        .anyMatch(
                                entry ->
                                        named(wanted, entry.type()) && !entry.at().isBefore(since));
        return inHistory
                || user.session().stream()
                        .filter(entry -> entry.itemId().equals(item.itemId()))
                        .anyMatch(
                                entry ->
                                        named(wanted, entry.type()) && !entry.at().isBefore(since));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static boolean named(JsonNode wanted, EventType type) {
        return wanted.path("types").isEmpty()
                || stream(wanted.get("types"))
                        .anyMatch(name -> name.textValue().equals(type.wireName()));
    }

    /** Returns the value of a field: a text, number, flag, list, time, or null. */
    private static @Nullable Object value(String field, Item item) {
        return switch (field) {
            case "itemId" -> item.itemId();
            case "type" -> item.type();
            case "group" -> item.group();
            case "author" -> item.author();
            case "tags" -> item.tags().isEmpty() ? null : item.tags();
            case "publishedAt" -> item.publishedAt();
            default -> plain(item.attributes().get(field.substring("attributes.".length())));
        };
    }

    private static @Nullable Object plain(@Nullable AttributeValue value) {
        return switch (value) {
            case null -> null;
            case AttributeValue.Text(String text) -> text;
            case AttributeValue.Numeric(double number) -> number;
            case AttributeValue.Flag(boolean flag) -> flag;
            case AttributeValue.Texts(List<String> texts) -> texts;
        };
    }

    private static @Nullable Object plain(JsonNode node, FilterUser user) {
        if (node.isObject()) {
            return plain(user.attributes().get(node.get("user").textValue()));
        }
        return node.isNumber()
                ? (Object) node.doubleValue()
                : node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }

    private static boolean field(JsonNode condition, @Nullable Object held, FilterUser user) {
        if (condition.has("exists")) {
            return (held != null) == condition.get("exists").booleanValue();
        }
        if (held == null) {
            return false;
        }
        if (condition.has("is")) {
            Object wanted = plain(condition.get("is"), user);
            return !(held instanceof List) && held.equals(wanted);
        }
        if (condition.has("in")) {
            JsonNode list = condition.get("in");
            Object ofUser = list.isObject() ? plain(list, user) : null;
            boolean found = held.equals(ofUser) && !(held instanceof List);
            if (ofUser instanceof List<?> several) {
                found = several.contains(held);
            }
            for (JsonNode each : list.isArray() ? list : JsonNodeFactory.instance.arrayNode()) {
                found |= held.equals(plain(each, user));
            }
            return found;
        }
        if (condition.has("contains")) {
            Object wanted = plain(condition.get("contains"), user);
            return wanted != null
                    && held instanceof List<?> texts
                    && (wanted instanceof List<?> several
                            ? several.stream().anyMatch(texts::contains)
                            : texts.contains(wanted));
        }
        if (condition.has("startsWith")) {
            return held instanceof String text
                    && text.startsWith(condition.get("startsWith").textValue());
        }
        return inRange(condition, held);
    }

    private static boolean inRange(JsonNode condition, Object held) {
        JsonNode from = condition.path("from");
        JsonNode to = condition.path("to");
        if (from.isNumber() || to.isNumber()) {
            return held instanceof Double number
                    && (from.isMissingNode() || number >= from.doubleValue())
                    && (to.isMissingNode() || number < to.doubleValue());
        }
        Instant at =
                held instanceof Instant instant
                        ? instant
                        : held instanceof String text ? time(text) : null;
        return at != null
                && (from.isMissingNode() || !at.isBefore(Instant.parse(from.textValue())))
                && (to.isMissingNode() || at.isBefore(Instant.parse(to.textValue())));
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    private JsonNode tree(int depth) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        int kind = random.nextInt(depth == 0 ? 6 : 10);
        if (kind < 6) {
            return condition(node);
        }
        if (kind == 6) {
            return node.set("not", tree(depth - 1));
        }
        ArrayNode parts = node.putArray(kind == 7 ? "all" : "any");
        int size = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(3);
        for (int part = 0; part < size; part++) {
            parts.add(tree(depth - 1));
        }
        return node;
    }

    private JsonNode condition(ObjectNode node) {
        switch (random.nextInt(12)) {
            case 0 -> {
                return node.set("interacted", interactedNode());
            }
            case 1 -> list(node.put("field", "tags"));
            case 2 -> {
                node.put("field", "publishedAt");
                if (random.nextInt(3) == 0) {
                    node.put("exists", random.nextBoolean());
                } else {
                    times(node);
                }
            }
            case 3 ->
                    single(
                            node.put("field", "itemId"),
                            "i" + random.nextInt(CATALOGUE),
                            "i" + random.nextInt(10));
            case 4 -> single(node.put("field", "type"), word(), word().substring(0, 1));
            case 5 -> single(node.put("field", "group"), word(), word());
            case 6 -> single(node.put("field", "author"), word(), word().substring(0, 1));
            default -> attribute(node.put("field", "attributes." + name()));
        }
        return node;
    }

    private ObjectNode interactedNode() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (random.nextBoolean()) {
            ArrayNode types = node.putArray("types");
            for (int i = random.nextInt(3); i > 0; i--) {
                types.add(type().wireName());
            }
        }
        if (random.nextBoolean()) {
            node.put("within", "P" + (1 + random.nextInt(4)) + "D");
        }
        return node;
    }

    private void single(ObjectNode node, String value, String prefix) {
        switch (random.nextInt(5)) {
            case 0 -> node.put("is", value);
            case 1 -> node.putArray("in").add(value).add(prefix);
            case 2 -> node.put("startsWith", prefix);
            case 3 -> node.putObject(random.nextBoolean() ? "is" : "in").put("user", name());
            default -> node.put("exists", random.nextBoolean());
        }
    }

    private void list(ObjectNode node) {
        switch (random.nextInt(4)) {
            case 0 -> node.put("exists", random.nextBoolean());
            case 1 -> node.putObject("contains").put("user", name());
            default -> node.put("contains", word());
        }
    }

    private void attribute(ObjectNode node) {
        switch (random.nextInt(6)) {
            case 0 -> list(node);
            case 1 -> single(node, word(), word().substring(0, 1));
            case 2 -> times(node);
            case 3 -> numbers(node);
            case 4 -> {
                if (random.nextBoolean()) {
                    node.put("is", number());
                } else {
                    node.put("is", random.nextBoolean());
                }
            }
            default -> node.putArray("in").add(number()).add(word()).add(random.nextBoolean());
        }
    }

    private void numbers(ObjectNode node) {
        range(node, bound -> node.put(bound, number()));
    }

    private void times(ObjectNode node) {
        range(node, bound -> node.put(bound, instant().toString()));
    }

    /** Sets from, to or both. */
    private void range(ObjectNode node, Consumer<String> set) {
        boolean both = random.nextBoolean();
        if (both || random.nextBoolean()) {
            set.accept("from");
        }
        if (both || !node.has("from")) {
            set.accept("to");
        }
    }

    private Instant instant() {
        return Instant.parse("2026-05-01T00:00:00Z").plusSeconds(21_600L * random.nextInt(16));
    }

    private double number() {
        return random.nextInt(-2, 5) / 2.0;
    }

    private String word() {
        String[] words = {"red", "re", "r", "blue", "bluest", "x"};
        return words[random.nextInt(words.length)];
    }

    private String name() {
        return "a" + random.nextInt(4);
    }

    private EventType type() {
        EventType[] types = {EventType.VIEW, EventType.CLICK, EventType.PURCHASE};
        return types[random.nextInt(types.length)];
    }

    private AttributeValue value() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> AttributeValue.of(number());
            case 2 -> AttributeValue.of(random.nextBoolean());
            case 3 -> AttributeValue.of(List.of("red", random.nextBoolean() ? "x" : "blue"));
            case 4 -> AttributeValue.of(TIMES.get(random.nextInt(TIMES.size())));
            default -> AttributeValue.of(word());
        };
    }

    private Map<String, AttributeValue> attributes() {
        Map<String, AttributeValue> attributes = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            attributes.put(name(), value());
        }
        return attributes;
    }

    private FilterUser user() {
        List<History.Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            entries.add(
                    new History.Entry(
                            "e" + i,
                            type(),
                            Target.item("i" + random.nextInt(CATALOGUE)),
                            1,
                            0,
                            instant(),
                            null));
        }
        List<SessionItem> session =
                random.nextBoolean()
                        ? List.of()
                        : List.of(
                                new SessionItem(
                                        "i" + random.nextInt(CATALOGUE), type(), instant()));
        return new FilterUser(attributes(), new History(entries), session, NOW);
    }

    private Item item(String id) {
        return Item.of(
                id,
                1,
                new Item.Content(
                        word(),
                        random.nextBoolean() ? word() : null,
                        "",
                        "",
                        random.nextInt(3) == 0 ? List.of() : List.of(word()),
                        random.nextBoolean() ? word() : null,
                        random.nextInt(4) == 0 ? null : instant(),
                        attributes()));
    }
}
