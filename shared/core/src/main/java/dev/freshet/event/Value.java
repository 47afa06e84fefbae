package dev.freshet.event;

import static dev.freshet.check.Check.require;

import dev.freshet.event.EventType.ValueKind;
import org.jspecify.annotations.Nullable;

/**
 * The value of an event, in the unit of its kind.
 *
 * @param number finite, within the bounds of the kind; an amount of money is in the currency's main
 *     unit
 * @param currency of an amount of money: three capital letters, ISO 4217; null for any other kind
 */
public record Value(ValueKind kind, double number, @Nullable String currency) {
    /** No value. */
    public static final Value NONE = new Value(ValueKind.NONE, 0, null);

    public Value {
        if (!(number >= kind.least() && number <= kind.most())) {
            throw new IllegalArgumentException(
                    "%s is not from %s to %s".formatted(number, kind.least(), kind.most()));
        }
        boolean priced = currency != null && currency.matches("[A-Z]{3}");
        require(
                kind == ValueKind.MONEY ? priced : currency == null,
                "a currency of money is three capital letters");
    }

    /** Returns a number of a kind, which is not money. */
    public static Value of(ValueKind kind, double number) {
        return new Value(kind, number, null);
    }

    /** Returns a price paid. */
    public static Value money(double amount, String currency) {
        return new Value(ValueKind.MONEY, amount, currency);
    }

    /**
     * Returns the number by which the strength of an event is computed, in the unit of the event's
     * type; 0 for no value, and for an amount of money, whose currencies do not compare.
     */
    public double magnitude() {
        return kind == ValueKind.MONEY ? 0 : number;
    }
}
