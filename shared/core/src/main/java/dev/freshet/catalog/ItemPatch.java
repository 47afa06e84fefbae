package dev.freshet.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.ItemReader.InvalidItemException;
import java.util.Map;

/**
 * A change of some members of an item: a JSON merge patch (RFC 7396) of the item as {@link
 * ItemWriter} writes it. A member that is null is removed, an object changes the members that it
 * names, anything else takes the place of what was there.
 */
public final class ItemPatch {
    private final ObjectNode patch;
    private final long version;

    private ItemPatch(ObjectNode patch, long version) {
        this.patch = patch;
        this.version = version;
    }

    /**
     * Reads a patch of one item; that it suits the stored item is checked by {@link #apply}.
     *
     * @throws InvalidItemException if it is no object, has a member that an item does not have, or
     *     names another item
     */
    public static ItemPatch read(String itemId, JsonNode json) throws InvalidItemException {
        if (!(json instanceof ObjectNode patch)) {
            throw new InvalidItemException(
                    "item-not-an-object", "A change of an item is a JSON object.");
        }
        ItemReader.checkMembers(patch);
        JsonNode named = patch.path("itemId");
        if (!named.isMissingNode() && !named.equals(JsonNodeFactory.instance.textNode(itemId))) {
            throw new InvalidItemException(
                    "bad-item-id", "A change cannot give an item another itemId.");
        }
        ObjectNode bare = JsonNodeFactory.instance.objectNode().put("itemId", itemId);
        if (patch.hasNonNull("version")) {
            bare.set("version", patch.get("version"));
        }
        return new ItemPatch(patch.deepCopy().without("version"), ItemReader.read(bare).version());
    }

    /** Returns the version that the patch states; {@link Item#UNVERSIONED} for none. */
    public long version() {
        return version;
    }

    /**
     * Returns the changed item with the version of the stored one, and without an embedding unless
     * the site gave it.
     *
     * @throws InvalidItemException with the first rule that the changed item breaks
     */
    public Item apply(Item stored) throws InvalidItemException {
        return ItemReader.read(merged(ItemWriter.write(stored), patch));
    }

    private static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode result =
                target instanceof ObjectNode object
                        ? object.deepCopy()
                        : JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                result.set(
                        change.getKey(), merged(result.path(change.getKey()), change.getValue()));
            }
        }
        return result;
    }
}
