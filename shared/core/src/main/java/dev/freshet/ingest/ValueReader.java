package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventType;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Value;
import dev.freshet.ingest.EventRule.BrokenRule;
import org.jspecify.annotations.Nullable;

/** Reads the value of an event, in the unit of its type. */
final class ValueReader {
    private ValueReader() {}

    /**
     * Reads a value. That of an owner's own type is on the stream as a number without a unit, which
     * only the definition knows.
     */
    static Value read(EventTypes types, EventType type, @Nullable JsonNode value)
            throws BrokenRule {
        String name = types.nameOf(type);
        ValueKind kind = types.valueKind(type);
        if (kind == ValueKind.NONE) {
            BrokenRule.unless(value == null, EventRule.UNEXPECTED_VALUE, name);
            return Value.NONE;
        }
        if (kind != ValueKind.MONEY) {
            double number = number(name, value, kind);
            return Value.of(type.isOwn() ? ValueKind.NUMBER : kind, number);
        }
        if (value == null) {
            return Value.NONE;
        }
        JsonNode currency = value.path("currency");
        BrokenRule.unless(
                currency.isTextual() && currency.textValue().matches("[A-Z]{3}"),
                EventRule.MALFORMED_VALUE,
                name,
                form(kind));
        return Value.money(number(name, value.path("amount"), kind), currency.textValue());
    }

    private static double number(String type, @Nullable JsonNode value, ValueKind kind)
            throws BrokenRule {
        if (value == null) {
            throw EventRule.MISSING_VALUE.broken(type, form(kind));
        }
        BrokenRule.unless(value.isNumber(), EventRule.MALFORMED_VALUE, type, form(kind));
        double number = value.doubleValue();
        BrokenRule.unless(Double.isFinite(number), EventRule.VALUE_NOT_FINITE);
        BrokenRule.unless(
                number >= kind.least() && number <= kind.most(),
                EventRule.VALUE_OUT_OF_RANGE,
                type,
                form(kind));
        return number;
    }

    private static String form(ValueKind kind) {
        return switch (kind) {
            case NONE -> "nothing";
            case PERCENT -> "0 to 100 percent";
            case SECONDS -> "0 to 86400 seconds";
            case STARS -> "0.5 to 5 stars";
            case MONEY -> "{amount: 0 to 1000000000, currency: three capital letters}";
            case NUMBER -> "0 to 1000000000";
        };
    }
}
