package dev.freshet.profile;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reasons why an anonymous id cannot become an alias of a user.
 *
 * <p>Aliases have a depth of one: an id with aliases is no alias itself. An export and an erasure
 * of a user therefore reach every id that the user's history is read from.
 */
public enum AliasRefusal {
    /** The anonymous id is an alias of another user. */
    TAKEN,
    /** The anonymous id has aliases of its own. */
    HAS_ALIASES,
    /** The user id is itself an alias. */
    IS_ALIAS,
    /** The user has {@value UserProfile#MAX_ALIASES} other aliases. */
    TOO_MANY;

    /** Returns the first reason that the two profiles give, or empty if the link can be made. */
    static Optional<AliasRefusal> of(UserProfile anonymous, UserProfile user) {
        return Optional.ofNullable(ofAnonymous(anonymous, user.userId()))
                .or(() -> Optional.ofNullable(ofUser(user, anonymous.userId())));
    }

    /** Returns whether the profile of an anonymous id lets it become an alias of this user. */
    public static boolean permits(UserProfile anonymous, String userId) {
        return ofAnonymous(anonymous, userId) == null;
    }

    /** Returns whether the profile of a user lets this anonymous id become its alias. */
    public static boolean takes(UserProfile user, String anonymousId) {
        return ofUser(user, anonymousId) == null;
    }

    private static @Nullable AliasRefusal ofAnonymous(UserProfile anonymous, String userId) {
        if (anonymous.aliasOf() != null && !anonymous.aliasOf().equals(userId)) {
            return TAKEN;
        }
        return anonymous.aliases().isEmpty() ? null : HAS_ALIASES;
    }

    private static @Nullable AliasRefusal ofUser(UserProfile user, String anonymousId) {
        if (user.aliasOf() != null) {
            return IS_ALIAS;
        }
        return user.aliases().contains(anonymousId)
                        || user.aliases().size() < UserProfile.MAX_ALIASES
                ? null
                : TOO_MANY;
    }
}
