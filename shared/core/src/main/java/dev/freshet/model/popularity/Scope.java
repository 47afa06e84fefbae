package dev.freshet.model.popularity;

import static dev.freshet.check.Check.require;

import dev.freshet.event.Context;

/**
 * A subset of the events: all of them, or those from a country, on a device, or on items with a
 * tag.
 *
 * @param value the country (ISO 3166-1 alpha-2), the tag or the device; empty exactly for {@link
 *     Kind#ALL}
 */
public record Scope(Kind kind, String value) {
    /** All events. */
    public static final Scope ALL = new Scope(Kind.ALL, "");

    /** The property that defines a scope. */
    public enum Kind {
        ALL,
        COUNTRY,
        TAG,
        DEVICE
    }

    public Scope {
        require(
                (kind == Kind.ALL) == value.isEmpty(),
                "a scope of kind ALL has an empty value; every other scope needs a value");
    }

    /** Returns the scope of a country, ISO 3166-1 alpha-2. */
    public static Scope country(String alpha2) {
        return new Scope(Kind.COUNTRY, alpha2);
    }

    /** Returns the scope of a tag. */
    public static Scope tag(String tag) {
        return new Scope(Kind.TAG, tag);
    }

    /**
     * Returns the scope of a device; a name that is not one of the known devices becomes {@code
     * other}.
     */
    public static Scope device(String device) {
        return new Scope(Kind.DEVICE, Context.known(device));
    }

    /**
     * Returns the key of this scope: {@code all}, {@code country:BR}, {@code tag:football}, {@code
     * device:mobile}.
     */
    public String key() {
        return switch (kind) {
            case ALL -> "all";
            case COUNTRY -> "country:" + value;
            case TAG -> "tag:" + value;
            case DEVICE -> "device:" + value;
        };
    }
}
