package dev.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventType.TargetRule;
import dev.freshet.event.EventType.ValueKind;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An owner's definition of a type of events.
 *
 * @param slot the entry that stands for the type in everything that is stored
 * @param name as clients send it and responses name it
 * @param valueKind any but {@link ValueKind#STARS}, which belongs to ratings
 * @param strength the strength of an event as a function of its value
 * @param targetRule whether events must name a target
 */
record OwnEventType(
        EventType slot,
        String name,
        ValueKind valueKind,
        StrengthCurve strength,
        TargetRule targetRule) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final Pattern SLOT_NAME = Pattern.compile("own_[0-9]+");
    private static final Set<String> MEMBERS = Set.of("slot", "value", "strength", "target");

    /**
     * Reads a definition.
     *
     * @param json {@code {"slot": 1, "value": "none", "strength": 3, "target": "required"}}; the
     *     value is {@code none} and the target {@code required} where they are left out
     * @throws IllegalArgumentException with a sentence that says what cannot be read
     */
    static OwnEventType read(String name, JsonNode json) {
        check(
                NAME.matcher(name).matches(),
                "The name of an event type must be a small letter, then up to 31 small letters,"
                        + " digits, '-' or '_'.");
        check(
                EventType.ofWireName(name).isEmpty() && !SLOT_NAME.matcher(name).matches(),
                "There is an event type " + name + " already; give yours another name.");
        check(json.isObject(), "The event type " + name + " must be a JSON object.");
        json.fieldNames()
                .forEachRemaining(
                        member ->
                                check(
                                        MEMBERS.contains(member),
                                        "The event type "
                                                + name
                                                + " has a member other than slot, value, strength"
                                                + " and target."));
        JsonNode slot = json.path("slot");
        check(
                slot.isInt() && slot.intValue() >= 1 && slot.intValue() <= EventType.OWN_SLOTS,
                "The slot of " + name + " must be a whole number from 1 to 16.");
        ValueKind kind = valueKind(name, json.path("value"));
        return new OwnEventType(
                EventType.ownSlot(slot.intValue()),
                name,
                kind,
                StrengthReader.read(name, kind, json.path("strength")),
                targetRule(name, json.path("target")));
    }

    private static ValueKind valueKind(String name, JsonNode kind) {
        return switch (kind.isMissingNode() ? "none" : kind.asText()) {
            case "none" -> ValueKind.NONE;
            case "percent" -> ValueKind.PERCENT;
            case "seconds" -> ValueKind.SECONDS;
            case "money" -> ValueKind.MONEY;
            case "number" -> ValueKind.NUMBER;
            default ->
                    throw new IllegalArgumentException(
                            "The value of "
                                    + name
                                    + " must be none, percent, seconds, money or number.");
        };
    }

    private static TargetRule targetRule(String name, JsonNode rule) {
        return switch (rule.isMissingNode() ? "required" : rule.asText()) {
            case "required" -> TargetRule.REQUIRED;
            case "optional" -> TargetRule.OPTIONAL;
            default ->
                    throw new IllegalArgumentException(
                            "The target of " + name + " must be required or optional.");
        };
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
