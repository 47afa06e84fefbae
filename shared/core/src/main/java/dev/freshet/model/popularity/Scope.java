package dev.freshet.model.popularity;

/**
 * Whose or which events are counted.
 *
 * @param value the country (alpha-2), the tag or the device; empty exactly for {@link Kind#ALL}
 */
public record Scope(Kind kind, String value) {
    public static final Scope ALL = new Scope(Kind.ALL, "");

    /** What narrows the scope. */
    public enum Kind {
        ALL,
        COUNTRY,
        TAG,
        DEVICE
    }

    public Scope {
        if ((kind == Kind.ALL) != value.isEmpty()) {
            throw new IllegalArgumentException("a scope has a value exactly when it is not ALL");
        }
    }

    public static Scope country(String alpha2) {
        return new Scope(Kind.COUNTRY, alpha2);
    }

    public static Scope tag(String tag) {
        return new Scope(Kind.TAG, tag);
    }

    /** One of the devices that are known by name, or {@code other}. */
    public static Scope device(String device) {
        return new Scope(Kind.DEVICE, CountryDevice.known(device));
    }

    /** {@code all}, {@code country:BR}, {@code tag:football}, {@code device:mobile}. */
    public String key() {
        return switch (kind) {
            case ALL -> "all";
            case COUNTRY -> "country:" + value;
            case TAG -> "tag:" + value;
            case DEVICE -> "device:" + value;
        };
    }

    /** Reads what {@link #key} wrote. */
    public static Scope parse(String key) {
        int colon = key.indexOf(':');
        String value = key.substring(colon + 1);
        return switch (colon < 0 ? key : key.substring(0, colon)) {
            case "all" -> ALL;
            case "country" -> country(value);
            case "tag" -> tag(value);
            case "device" -> device(value);
            default -> throw new IllegalArgumentException("not a scope: " + key);
        };
    }
}
