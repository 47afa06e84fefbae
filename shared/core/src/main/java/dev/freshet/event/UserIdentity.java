package dev.freshet.event;

import static dev.freshet.check.Check.require;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the user of an event: the user id, an anonymous id, or both if the site sends both.
 *
 * @param userId the site's id of the user, ≤ 128 characters, or null
 * @param anonymousId the tracker's id, ≤ 128 characters, or null; at least one of the two is
 *     present
 */
public record UserIdentity(@Nullable String userId, @Nullable String anonymousId) {
    public UserIdentity {
        require(userId != null || anonymousId != null, "a user needs a userId or an anonymousId");
    }

    public static UserIdentity user(String userId) {
        return new UserIdentity(userId, null);
    }

    public static UserIdentity anonymous(String anonymousId) {
        return new UserIdentity(null, anonymousId);
    }

    /** Returns this identity with both ids replaced. */
    public UserIdentity under(UnaryOperator<String> ids) {
        return new UserIdentity(
                userId == null ? null : ids.apply(userId),
                anonymousId == null ? null : ids.apply(anonymousId));
    }

    /**
     * Returns the id that is the key on the stream, of the rows and of the basket: {@code userId}
     * if present, else {@code anonymousId}.
     */
    public String id() {
        return userId != null ? userId : Objects.requireNonNull(anonymousId);
    }
}
