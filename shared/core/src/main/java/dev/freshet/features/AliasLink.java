package dev.freshet.features;

import dev.freshet.event.Event;
import dev.freshet.profile.ProfileWrite;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
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
     * @return {@link EventOutcome#ALIASED}; {@link EventOutcome#ALIAS_REFUSED} when the anonymous
     *     id belongs to another user already, or the user has {@value UserProfile#MAX_ALIASES}
     *     others; {@link EventOutcome#ERASED} when one of the two was erased while this went on
     * @throws dev.freshet.store.StoreUnavailableException when a write failed
     */
    EventOutcome join(Event.Alias alias) {
        UserProfile anonymous =
                ProfileWrite.apply(
                        users,
                        users.get(alias.anonymousId()),
                        profile ->
                                profile.aliasOf() == null && !isErased(profile, alias)
                                        ? profile.aliasOf(alias.userId())
                                        : profile);
        if (!alias.userId().equals(anonymous.aliasOf())) {
            return isErased(anonymous, alias) ? EventOutcome.ERASED : EventOutcome.ALIAS_REFUSED;
        }
        UserProfile user =
                ProfileWrite.apply(
                        users,
                        users.get(alias.userId()),
                        profile -> isErased(profile, alias) ? profile : named(profile, alias));
        if (user.aliases().contains(alias.anonymousId())) {
            return EventOutcome.ALIASED;
        }
        part(alias);
        return isErased(user, alias) ? EventOutcome.ERASED : EventOutcome.ALIAS_REFUSED;
    }

    /** Undoes a link whose second half was never made, because the user was erased meanwhile. */
    void partIfHalf(Event.Alias alias) {
        boolean half =
                alias.userId().equals(users.get(alias.anonymousId()).aliasOf())
                        && !users.get(alias.userId()).aliases().contains(alias.anonymousId());
        if (half) {
            part(alias);
        }
    }

    private void part(Event.Alias alias) {
        ProfileWrite.apply(
                users,
                users.get(alias.anonymousId()),
                profile ->
                        alias.userId().equals(profile.aliasOf()) ? profile.aliasOf(null) : profile);
    }

    private static boolean isErased(UserProfile profile, Event.Alias alias) {
        return profile.tombstone() != null
                && profile.tombstone().covers(alias.header().receivedAt());
    }

    private static UserProfile named(UserProfile profile, Event.Alias alias) {
        if (profile.aliases().contains(alias.anonymousId())
                || profile.aliases().size() >= UserProfile.MAX_ALIASES) {
            return profile;
        }
        List<String> aliases = new ArrayList<>(profile.aliases());
        aliases.add(alias.anonymousId());
        return profile.knownAs(aliases);
    }
}
