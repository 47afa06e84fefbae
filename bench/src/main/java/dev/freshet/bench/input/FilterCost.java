package dev.freshet.bench.input;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.candidate.CompiledFilter;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.model.item.ItemTable;
import dev.freshet.query.Filter;
import dev.freshet.query.QueryReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A filter of many conditions over a catalogue: processor time from the JSON of the request to the
 * verdict on every item.
 */
public final class FilterCost {
    /** Most conditions of one group of a filter. */
    private static final int PARTS = 32;

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private final ItemTable items;

    /**
     * Creates a catalogue whose items share the texts of their attributes, as those of a model that
     * was read from a snapshot do.
     *
     * @param size number of items
     * @param attributes attributes of each item
     */
    public FilterCost(int size, int attributes) {
        String[] names = texts("attribute-", attributes);
        AttributeValue[] values =
                Stream.of(texts("value-", 7))
                        .map(AttributeValue::of)
                        .toArray(AttributeValue[]::new);
        ModelDraft draft = Model.EMPTY.draft();
        for (int item = 0; item < size; item++) {
            Map<String, AttributeValue> held = new HashMap<>();
            for (int attribute = 0; attribute < attributes; attribute++) {
                held.put(names[attribute], values[(item + attribute) % values.length]);
            }
            draft.apply(new Example.ItemChanged(item("item-" + item, held), Map.of(), NOW));
        }
        items = draft.seal().items();
    }

    private static String[] texts(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    }

    private static Item item(String id, Map<String, AttributeValue> attributes) {
        List<String> tags = List.of("news", "sport");
        return Item.of(
                id, 1, new Item.Content("article", null, "", "", tags, "author", NOW, attributes));
    }

    /**
     * Measures a disjunction of conditions on attributes that no item has, so that every condition
     * has to be decided for every item.
     *
     * @param conditions at most 240
     * @param nameLength length of the attributes' names, in characters
     */
    public ProcessorTime measure(int conditions, int nameLength, int rounds) {
        String body = body(conditions, nameLength);
        return ProcessorTime.of(rounds, () -> run(body));
    }

    private void run(String body) {
        Filter filter = QueryReader.recommendation(body, NOW).filter();
        CompiledFilter compiled = new CompiledFilter(filter, items);
        int passed = 0;
        for (int item = 0; item < items.size(); item++) {
            passed += compiled.test(item) ? 1 : 0;
        }
        if (passed != 0 || compiled.exhausted()) {
            throw new IllegalStateException(passed + " items passed a filter that none matches");
        }
    }

    private static String body(int conditions, int nameLength) {
        List<ObjectNode> groups = new ArrayList<>();
        for (int condition = 0; condition < conditions; condition++) {
            if (condition % PARTS == 0) {
                groups.add(JsonNodeFactory.instance.objectNode());
            }
            String name = "missing-" + condition + "-";
            groups.getLast()
                    .withArray("any")
                    .addObject()
                    .put("field", "attributes." + name + "x".repeat(nameLength - name.length()))
                    .put("is", "x");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode all = body.putObject("filter").putArray("any");
        groups.forEach(all::add);
        return body.toString();
    }
}
