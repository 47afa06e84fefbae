package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventType;
import dev.freshet.event.Value;
import org.jspecify.annotations.Nullable;

/** Reads the value of an event, in the unit of its type. */
final class ValueReader {
    private ValueReader() {}

    static Value read(EventType type, @Nullable JsonNode value) throws BrokenRule {
        return switch (type.valueKind()) {
            case NONE -> none(type, value);
            case PERCENT -> new Value.Percent(number(type, value, 0, 100, "0 to 100 percent"));
            case SECONDS -> new Value.Seconds(number(type, value, 0, 86_400, "0 to 86400 seconds"));
            case STARS -> new Value.Stars(number(type, value, 0.5, 5, "0.5 to 5 stars"));
            case MONEY -> money(type, value);
        };
    }

    private static Value none(EventType type, @Nullable JsonNode value) throws BrokenRule {
        if (value != null) {
            throw EventRule.UNEXPECTED_VALUE.broken(type.wireName());
        }
        return Value.NONE;
    }

    /** Reads an amount of money, which may be left out. */
    private static Value money(EventType type, @Nullable JsonNode value) throws BrokenRule {
        if (value == null) {
            return Value.NONE;
        }
        String form = "{amount: 0 to 1000000000, currency: three capital letters}";
        JsonNode currency = value.path("currency");
        if (!currency.isTextual() || !currency.textValue().matches("[A-Z]{3}")) {
            throw EventRule.MALFORMED_VALUE.broken(type.wireName(), form);
        }
        return new Value.Money(
                number(type, value.path("amount"), 0, 1e9, form), currency.textValue());
    }

    private static double number(
            EventType type, @Nullable JsonNode value, double least, double most, String form)
            throws BrokenRule {
        if (value == null) {
            throw EventRule.MISSING_VALUE.broken(type.wireName(), form);
        }
        if (!value.isNumber()) {
            throw EventRule.MALFORMED_VALUE.broken(type.wireName(), form);
        }
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            throw EventRule.VALUE_NOT_FINITE.broken();
        }
        if (number < least || number > most) {
            throw EventRule.VALUE_OUT_OF_RANGE.broken(type.wireName(), form);
        }
        return number;
    }
}
