package dev.freshet.access;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of keys. */
public enum KeyKind {
    /** A key for pages, which everybody can read; it acts for anonymous users and has origins. */
    PUBLISHABLE("publishable", "fpk"),

    /** A key for the site's servers, which may call every operation for every user. */
    SECRET("secret", "fsk"),

    /** A key that verifies the tokens of the site's users; it is never sent itself. */
    USER_TOKENS("user-tokens", "fut"),

    /**
     * A key for the owner's dashboard, which reads sums under {@code /v1/insights/} and {@code
     * /v1/segments}, and nothing else.
     */
    INSIGHTS("insights", "fik");

    private final String wireName;
    private final String prefix;

    KeyKind(String wireName, String prefix) {
        this.wireName = wireName;
        this.prefix = prefix;
    }

    /**
     * Returns the name: {@code publishable}, {@code secret}, {@code user-tokens} or {@code
     * insights}.
     */
    public String wireName() {
        return wireName;
    }

    /** Returns the prefix of the text of a key of this kind. */
    String prefix() {
        return prefix;
    }

    /** Returns the kind of a name, or empty if there is none. */
    public static Optional<KeyKind> of(String wireName) {
        return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst();
    }
}
