package dev.freshet.cli.imports.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.input.InputLine;
import dev.freshet.cli.imports.mapping.Mapping.ItemPart;
import dev.freshet.cli.imports.mapping.Mapping.UserPart;
import java.util.Map;
import java.util.Optional;

/** Makes items and users from records. */
final class CatalogueMaker {
    private CatalogueMaker() {}

    static ImportEntry item(ItemPart part, InputLine line, Fields fields)
            throws UnreadableRecordException {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        part.id().text(fields).ifPresent(id -> item.put("itemId", id));
        for (Map.Entry<String, ValueSource> each : part.members().entrySet()) {
            ValueSource source = each.getValue();
            String name = each.getKey();
            Optional<JsonNode> value =
                    switch (name) {
                        case "tags" -> source.as(ValueSource.Type.LIST).read(fields);
                        case "version" -> source.as(ValueSource.Type.NUMBER).read(fields);
                        case "publishedAt" -> source.read(fields);
                        default -> source.as(ValueSource.Type.STRING).read(fields);
                    };
            if (value.isPresent()) {
                put(item, name, value.get(), part.timeRule());
            }
        }
        attributes(item, part.attributes(), fields);
        return new ImportEntry.OfItem(line, item);
    }

    private static void put(ObjectNode item, String name, JsonNode value, TimeRule times)
            throws UnreadableRecordException {
        switch (name) {
            case "version" -> item.put(name, value.longValue());
            case "publishedAt" -> item.put(name, times.read(value).toString());
            default -> item.set(name, value);
        }
    }

    static ImportEntry user(UserPart part, InputLine line, Fields fields)
            throws UnreadableRecordException {
        Optional<String> id = part.id().text(fields);
        if (id.isEmpty()) {
            throw new UnreadableRecordException("The record names no user.");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        attributes(body, part.attributes(), fields);
        EventMaker.consent(body, fields, part.consent());
        return new ImportEntry.OfUser(line, id.get(), body);
    }

    private static void attributes(ObjectNode into, Map<String, ValueSource> sources, Fields fields)
            throws UnreadableRecordException {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, ValueSource> each : sources.entrySet()) {
            each.getValue()
                    .read(fields)
                    .ifPresent(value -> attributes.set(each.getKey(), EventMaker.whole(value)));
        }
        if (!attributes.isEmpty()) {
            into.set("attributes", attributes);
        }
    }
}
