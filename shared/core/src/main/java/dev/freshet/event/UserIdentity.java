package dev.freshet.event;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The person an event is about: a known user, an anonymous visitor, or both when the site sends
 * both.
 *
 * @param userId the site's own id, ≤ 128 characters, or null
 * @param anonymousId the tracker's id, ≤ 128 characters, or null; at least one of the two is there
 */
public record UserIdentity(@Nullable String userId, @Nullable String anonymousId) {
    public UserIdentity {
        if (userId == null && anonymousId == null) {
            throw new IllegalArgumentException("a reader needs a userId or an anonymousId");
        }
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
     * The id as sent, or as it was replaced at the door, which keys the stream, the rows and the
     * basket: {@code userId}, else {@code anonymousId}.
     */
    public String id() {
        return userId != null ? userId : Objects.requireNonNull(anonymousId);
    }
}
