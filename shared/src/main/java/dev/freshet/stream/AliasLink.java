package dev.freshet.stream;

import dev.freshet.event.Event;
import dev.freshet.feature.UserProfile;
import dev.freshet.feature.Users;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an anonymous id one of a user's own: the anonymous row says whose it is, then the user's
 * row names it. Rows of behaviour are never copied; reading resolves the names.
 *
 * <p>An anonymous id belongs to the first user it was said to be. A later claim by another user
 * changes nothing: what the first one did on a shared device is not shown to the second.
 */
final class AliasLink {
    private final Users users;

    AliasLink(Users users) {
        this.users = users;
    }

    /**
     * Idempotent: after a death between the two writes the second is made when the event comes
     * again.
     *
     * @return false when the anonymous id belongs to another user already
     * @throws dev.freshet.feature.StoreUnavailableException when a write failed
     */
    boolean join(Event.Alias alias) {
        UserProfile anonymous =
                ProfileWrite.apply(
                        users,
                        users.get(alias.anonymousId()),
                        profile ->
                                profile.aliasOf() == null
                                        ? profile.aliasOf(alias.userId())
                                        : profile);
        if (!alias.userId().equals(anonymous.aliasOf())) {
            return false;
        }
        ProfileWrite.apply(
                users, users.get(alias.userId()), profile -> named(profile, alias.anonymousId()));
        return true;
    }

    private static UserProfile named(UserProfile profile, String anonymousId) {
        if (profile.aliases().contains(anonymousId)) {
            return profile;
        }
        List<String> aliases = new ArrayList<>(profile.aliases());
        aliases.add(anonymousId);
        int surplus = aliases.size() - UserProfile.MAX_ALIASES;
        return profile.knownAs(surplus > 0 ? aliases.subList(surplus, aliases.size()) : aliases);
    }
}
