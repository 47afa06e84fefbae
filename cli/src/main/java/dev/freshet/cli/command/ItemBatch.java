package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;

/** The items of one request to {@code POST /v1/items}. */
final class ItemBatch {
    /** Most items of a batch. */
    static final int MAX_ITEMS = 200;

    /**
     * Most bytes of a batch of more than one item. The route accepts 4 MiB; the rest is room for
     * what encoding the items again may add.
     */
    static final int MAX_BYTES = 3 << 20;

    private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
    private long bytes;

    /** Returns the items, in the order in which they were added. */
    ArrayNode items() {
        return items;
    }

    /** Returns whether the item of a line is to be added to this batch and not to another one. */
    boolean hasRoomFor(String line) {
        return items.isEmpty() || (items.size() < MAX_ITEMS && bytes + size(line) <= MAX_BYTES);
    }

    /**
     * Adds an item.
     *
     * @param line the item as it was read
     */
    void add(String line, JsonNode item) {
        items.add(item);
        bytes += size(line);
    }

    private static int size(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length + 1;
    }
}
