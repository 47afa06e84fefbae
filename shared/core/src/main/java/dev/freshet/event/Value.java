package dev.freshet.event;

/** The value of an event, in the unit of its type. Numbers are finite. */
public sealed interface Value {
    Value NONE = new None();

    /**
     * Returns the number by which the strength of an event is computed, in the unit of the event's
     * type; 0 for no value, and for an amount of money, whose currencies do not compare.
     */
    static double magnitude(Value value) {
        return switch (value) {
            case None none -> 0;
            case Stars(double stars) -> stars;
            case Seconds(double seconds) -> seconds;
            case Percent(double percent) -> percent;
            case Numeric(double number) -> number;
            case Money money -> 0;
        };
    }

    /** No value. */
    record None() implements Value {}

    /**
     * A rating.
     *
     * @param stars 0.5 to 5
     */
    record Stars(double stars) implements Value {
        public Stars {
            within(0.5, stars, 5);
        }
    }

    /**
     * Time spent.
     *
     * @param seconds 0 to 86,400
     */
    record Seconds(double seconds) implements Value {
        public Seconds {
            within(0, seconds, 86_400);
        }
    }

    /**
     * A part, of a page scrolled or a video played.
     *
     * @param percent 0 to 100
     */
    record Percent(double percent) implements Value {
        public Percent {
            within(0, percent, 100);
        }
    }

    /**
     * The value of an event of an {@linkplain OwnEventType owner's own type}, in the unit that the
     * owner gave the type.
     *
     * @param number 0 to 10⁹
     */
    record Numeric(double number) implements Value {
        public Numeric {
            within(0, number, 1e9);
        }
    }

    /**
     * A price paid.
     *
     * @param amount 0 to 10⁹, in the currency's main unit
     * @param currency three capital letters, ISO 4217
     */
    record Money(double amount, String currency) implements Value {
        public Money {
            within(0, amount, 1e9);
            if (!currency.matches("[A-Z]{3}")) {
                throw new IllegalArgumentException("a currency is three capital letters");
            }
        }
    }

    private static void within(double least, double number, double most) {
        if (!(number >= least && number <= most)) {
            throw new IllegalArgumentException(
                    "%s is not from %s to %s".formatted(number, least, most));
        }
    }
}
