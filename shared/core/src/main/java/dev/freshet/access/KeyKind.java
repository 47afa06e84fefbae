package dev.freshet.access;

import java.util.Arrays;
import java.util.Optional;

/** What a key is for. */
public enum KeyKind {
    /** For pages, where everybody can read it: anonymous readers only, bound to origins. */
    PUBLISHABLE("publishable", "fpk"),

    /** For the site's servers: everything. */
    SECRET("secret", "fsk"),

    /** Never sent itself: vouches for the tokens that the site's backend signs for its users. */
    USER_TOKENS("user-tokens", "fut");

    private final String wireName;
    private final String prefix;

    KeyKind(String wireName, String prefix) {
        this.wireName = wireName;
        this.prefix = prefix;
    }

    /** {@code publishable}, {@code secret}, {@code user-tokens}. */
    public String wireName() {
        return wireName;
    }

    /** What the text of a key of this kind begins with. */
    String prefix() {
        return prefix;
    }

    /** The kind of this name, or empty. */
    public static Optional<KeyKind> of(String wireName) {
        return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst();
    }
}
