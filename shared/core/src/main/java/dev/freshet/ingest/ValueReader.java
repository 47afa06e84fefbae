package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventType;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Value;
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
        Value read =
                switch (types.valueKind(type)) {
                    case NONE -> none(name, value);
                    case PERCENT ->
                            new Value.Percent(
                                    number(name, value, ValueKind.PERCENT, "0 to 100 percent"));
                    case SECONDS ->
                            new Value.Seconds(
                                    number(name, value, ValueKind.SECONDS, "0 to 86400 seconds"));
                    case STARS ->
                            new Value.Stars(number(name, value, ValueKind.STARS, "0.5 to 5 stars"));
                    case MONEY -> money(name, value);
                    case NUMBER ->
                            new Value.Numeric(
                                    number(name, value, ValueKind.NUMBER, "0 to 1000000000"));
                };
        return type.isOwn() ? withoutUnit(read) : read;
    }

    private static Value withoutUnit(Value value) {
        return switch (value) {
            case Value.Percent(double percent) -> new Value.Numeric(percent);
            case Value.Seconds(double seconds) -> new Value.Numeric(seconds);
            case Value.Stars(double stars) -> new Value.Numeric(stars);
            case Value.None none -> none;
            case Value.Numeric number -> number;
            case Value.Money money -> money;
        };
    }

    private static Value none(String type, @Nullable JsonNode value) throws BrokenRule {
        if (value != null) {
            throw EventRule.UNEXPECTED_VALUE.broken(type);
        }
        return Value.NONE;
    }

    /** Reads an amount of money, which may be left out. */
    private static Value money(String type, @Nullable JsonNode value) throws BrokenRule {
        if (value == null) {
            return Value.NONE;
        }
        String form = "{amount: 0 to 1000000000, currency: three capital letters}";
        JsonNode currency = value.path("currency");
        if (!currency.isTextual() || !currency.textValue().matches("[A-Z]{3}")) {
            throw EventRule.MALFORMED_VALUE.broken(type, form);
        }
        return new Value.Money(
                number(type, value.path("amount"), ValueKind.MONEY, form), currency.textValue());
    }

    private static double number(String type, @Nullable JsonNode value, ValueKind kind, String form)
            throws BrokenRule {
        if (value == null) {
            throw EventRule.MISSING_VALUE.broken(type, form);
        }
        if (!value.isNumber()) {
            throw EventRule.MALFORMED_VALUE.broken(type, form);
        }
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            throw EventRule.VALUE_NOT_FINITE.broken();
        }
        if (number < kind.least() || number > kind.most()) {
            throw EventRule.VALUE_OUT_OF_RANGE.broken(type, form);
        }
        return number;
    }
}
