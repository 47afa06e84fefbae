package dev.freshet.event;

/** The number that came with an event, in the unit of its type. Always finite. */
public sealed interface Value {
    Value NONE = new None();

    /** The type carries no value. */
    record None() implements Value {}

    /**
     * A rating.
     *
     * @param stars 0.5 to 5
     */
    record Stars(double stars) implements Value {}

    /**
     * Time spent.
     *
     * @param seconds 0 to 86,400
     */
    record Seconds(double seconds) implements Value {}

    /**
     * How far somebody got.
     *
     * @param percent 0 to 100
     */
    record Percent(double percent) implements Value {}

    /**
     * A price paid.
     *
     * @param amount 0 to 10⁹, in the currency's main unit
     * @param currency three capital letters, ISO 4217
     */
    record Money(double amount, String currency) implements Value {}
}
