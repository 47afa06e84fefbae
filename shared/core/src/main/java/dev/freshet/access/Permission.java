package dev.freshet.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The kinds of keys that may call an operation. Each operation of the OpenAPI document names one of
 * these in {@code x-freshet-permission}. Whether a caller may act for the user that a request names
 * is decided separately, by {@link Caller}.
 */
public enum Permission {
    /** The keys of pages, of signed-in users and of servers. */
    PAGES(EnumSet.of(KeyKind.PUBLISHABLE, KeyKind.USER_TOKENS, KeyKind.SECRET)),

    /** User tokens and secret keys. */
    USERS(EnumSet.of(KeyKind.USER_TOKENS, KeyKind.SECRET)),

    /** Keys of the owner's dashboard and secret keys. */
    INSIGHTS(EnumSet.of(KeyKind.INSIGHTS, KeyKind.SECRET)),

    /** Secret keys. */
    SERVERS(EnumSet.of(KeyKind.SECRET));

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<KeyKind> kinds;

    Permission(Set<KeyKind> kinds) {
        this.kinds = kinds;
    }

    /** Whether a credential of this kind may call the operation. */
    public boolean admits(KeyKind kind) {
        return kinds.contains(kind);
    }

    /**
     * The name in the OpenAPI document: {@code pages}, {@code users}, {@code insights} or {@code
     * servers}.
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The permission of a name.
     *
     * @throws IllegalArgumentException if no permission has this name
     */
    static Permission of(String wireName) {
        for (Permission permission : values()) {
            if (permission.wireName().equals(wireName)) {
                return permission;
            }
        }
        throw new IllegalArgumentException("no permission is named " + wireName);
    }
}
