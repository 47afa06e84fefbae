package dev.freshet.features;

import dev.freshet.event.Event;
import dev.freshet.profile.AliasRefusal;
import dev.freshet.profile.ProfileWrite;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import java.util.ArrayList;
import java.util.List;

/**
 * Links an anonymous id to a user: first the anonymous id's row names the user, then the user's row
 * lists the anonymous id. Interactions are not copied; readers of the tables resolve the aliases.
 *
 * <p>An anonymous id belongs to the first user it was linked to. A later claim by another user
 * changes nothing, so that the first user's activity on a shared device is not shown to the second.
 *
 * <p>An id with aliases never becomes an alias, and an alias never has aliases ({@link
 * AliasRefusal}). Two aliases that would form a chain both write the row of the id in the middle;
 * the writes are conditional, so the later one fails this rule.
 */
final class AliasLink {
    private final Users users;

    AliasLink(Users users) {
        this.users = users;
    }

    /**
     * Links the ids of an alias. Idempotent: after a crash between the two writes the second one is
     * made when the event is delivered again.
     *
     * @return {@link EventOutcome#ALIASED}; {@link EventOutcome#ALIAS_REFUSED} for one of the
     *     reasons of {@link AliasRefusal}; {@link EventOutcome#ERASED} if one of the two was erased
     *     meanwhile
     * @throws dev.freshet.store.StoreUnavailableException if a write failed
     */
    EventOutcome link(Event.Alias alias) {
        UserProfile anonymous =
                ProfileWrite.apply(
                        users,
                        users.get(alias.anonymousId()),
                        profile ->
                                profile.aliasOf() == null
                                                && AliasRefusal.permits(profile, alias.userId())
                                                && !isErased(profile, alias)
                                        ? profile.aliasOf(alias.userId())
                                        : profile);
        if (!alias.userId().equals(anonymous.aliasOf())) {
            return isErased(anonymous, alias) ? EventOutcome.ERASED : EventOutcome.ALIAS_REFUSED;
        }
        UserProfile user =
                ProfileWrite.apply(
                        users,
                        users.get(alias.userId()),
                        profile -> isErased(profile, alias) ? profile : withAlias(profile, alias));
        if (user.aliases().contains(alias.anonymousId())) {
            return EventOutcome.ALIASED;
        }
        unlink(alias);
        return isErased(user, alias) ? EventOutcome.ERASED : EventOutcome.ALIAS_REFUSED;
    }

    /** Removes a link whose second write was never made because the user was erased meanwhile. */
    void unlinkIfIncomplete(Event.Alias alias) {
        boolean incomplete =
                alias.userId().equals(users.get(alias.anonymousId()).aliasOf())
                        && !users.get(alias.userId()).aliases().contains(alias.anonymousId());
        if (incomplete) {
            unlink(alias);
        }
    }

    private void unlink(Event.Alias alias) {
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

    private static UserProfile withAlias(UserProfile profile, Event.Alias alias) {
        if (profile.aliases().contains(alias.anonymousId())
                || !AliasRefusal.takes(profile, alias.anonymousId())) {
            return profile;
        }
        List<String> aliases = new ArrayList<>(profile.aliases());
        aliases.add(alias.anonymousId());
        return profile.withAliases(aliases);
    }
}
