package dev.freshet.cli.imports.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.entry.LineId;
import dev.freshet.cli.imports.input.InputLine;
import dev.freshet.cli.imports.mapping.Mapping.EventPart;
import dev.freshet.event.EventType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes events from records.
 *
 * @param part what a record says
 */
record EventMaker(EventPart part) {
    /** The type in a table of types that leaves a record out. */
    static final String SKIP = "skip";

    ImportEntry entry(InputLine line, Fields fields) throws UnreadableRecordException {
        Optional<String> type = type(fields);
        if (type.isEmpty()) {
            return new ImportEntry.Skipped(line, "type is skipped");
        }
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("eventId", id(line, fields)).put("type", type.get());
        put(event, "userId", part.user(), fields);
        put(event, "anonymousId", part.anonymous(), fields);
        put(event, "sessionId", part.session(), fields);
        Optional<JsonNode> time = part.time().read(fields);
        if (time.isPresent()) {
            event.put("occurredAt", part.timeRule().read(time.get()).toString());
        }
        if (type.get().equals(EventType.IMPRESSION.wireName())) {
            shown(event, fields);
        } else {
            put(event, "itemId", part.item(), fields);
            value(event, type.get(), fields);
        }
        group(event, "context", part.context(), fields);
        group(event, "properties", part.properties(), fields);
        consent(event, fields, part.consent());
        return new ImportEntry.OfEvent(line, event);
    }

    /** Returns Freshet's type of a record; empty where the record is to be left out. */
    private Optional<String> type(Fields fields) throws UnreadableRecordException {
        String found = part.type().text(fields).orElse("");
        if (part.types().isEmpty()) {
            return Optional.of(found);
        }
        String type = part.types().get().get(found);
        if (type == null) {
            type = part.defaultType();
        }
        if (type == null) {
            throw new UnreadableRecordException(
                    "The type %s is not in the table of types: %s."
                            .formatted(
                                    ValueSource.shown(JsonNodeFactory.instance.textNode(found)),
                                    String.join(", ", part.types().get().keySet())));
        }
        return type.equals(SKIP) ? Optional.empty() : Optional.of(type);
    }

    private String id(InputLine line, Fields fields) throws UnreadableRecordException {
        Optional<String> own = part.id() == null ? Optional.empty() : part.id().text(fields);
        return own.orElseGet(() -> LineId.of("import", line));
    }

    private void value(ObjectNode event, String type, Fields fields)
            throws UnreadableRecordException {
        Optional<EventType> known = EventType.ofWireName(type);
        boolean valueless =
                known.isPresent() && known.get().valueKind() == EventType.ValueKind.NONE;
        if (part.value() == null || valueless) {
            return;
        }
        Optional<JsonNode> number = part.value().as(ValueSource.Type.NUMBER).read(fields);
        if (number.isEmpty()) {
            return;
        }
        if (known.isPresent() && known.get().valueKind() == EventType.ValueKind.MONEY) {
            Optional<String> currency =
                    part.currency() == null ? Optional.empty() : part.currency().text(fields);
            if (currency.isPresent()) {
                ObjectNode money = event.putObject("value");
                money.set("amount", number.get());
                money.put("currency", currency.get());
            }
        } else {
            event.set("value", number.get());
        }
    }

    private void shown(ObjectNode event, Fields fields) throws UnreadableRecordException {
        if (part.shown() != null) {
            Optional<JsonNode> items = part.shown().as(ValueSource.Type.LIST).read(fields);
            items.ifPresent(list -> event.set("items", list));
        }
        put(event, "placement", part.placement(), fields);
    }

    private static void put(
            ObjectNode event, String member, @Nullable ValueSource source, Fields fields)
            throws UnreadableRecordException {
        if (source != null) {
            source.text(fields).ifPresent(text -> event.put(member, text));
        }
    }

    private static void group(
            ObjectNode event, String member, Map<String, ValueSource> sources, Fields fields)
            throws UnreadableRecordException {
        ObjectNode group = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, ValueSource> each : sources.entrySet()) {
            Optional<JsonNode> value =
                    each.getKey().equals("localHour")
                            ? each.getValue().as(ValueSource.Type.NUMBER).read(fields)
                            : each.getValue().read(fields);
            value.ifPresent(found -> group.set(each.getKey(), whole(found)));
        }
        if (!group.isEmpty()) {
            event.set(member, group);
        }
    }

    /** Returns a number without its fraction, where that is zero. */
    static JsonNode whole(JsonNode value) {
        return value.isDouble() && value.doubleValue() == value.longValue()
                ? JsonNodeFactory.instance.numberNode(value.longValue())
                : value;
    }

    /**
     * Adds what a record says about consent. The API needs both purposes, so each is the other's
     * default.
     */
    static void consent(ObjectNode into, Fields fields, Map<String, ValueSource> sources)
            throws UnreadableRecordException {
        ObjectNode consent = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, ValueSource> each : sources.entrySet()) {
            each.getValue()
                    .as(ValueSource.Type.BOOLEAN)
                    .read(fields)
                    .ifPresent(given -> consent.set(each.getKey(), given));
        }
        if (!consent.isEmpty()) {
            JsonNode any = consent.elements().next();
            for (String purpose : new String[] {"personalisation", "analytics"}) {
                if (!consent.has(purpose)) {
                    consent.set(purpose, any);
                }
            }
            into.set("consent", consent);
        }
    }
}
