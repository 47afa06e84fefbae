package dev.freshet.features;

import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.UserProfile.AliasRefusal;
import dev.freshet.profile.Users;
import dev.freshet.profile.Users.ProfileWrite;
import java.time.Instant;
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
record AliasLink(Users users) {
    /**
     * What an alias did.
     *
     * @param outcome {@link EventOutcome#ALIASED}; {@link EventOutcome#ALIAS_REFUSED} for one of
     *     the reasons of {@link AliasRefusal}; {@link EventOutcome#ERASED} if one of the two was
     *     erased meanwhile
     * @param crossed enrolments of the user, then those of the anonymous id, that cross because
     *     both have one, in different arms
     * @param profiles of the two, as last written
     */
    record Linked(EventOutcome outcome, List<Enrolled> crossed, List<UserProfile> profiles) {}

    /**
     * Links the ids of an alias, and lets the user go on with the arms of the anonymous id, by the
     * same two writes. Idempotent: after a crash between the two writes the second one is made when
     * the event is delivered again. An alias of ids that are linked already writes only where their
     * enrolments have changed.
     *
     * @param position of the alias's record
     * @param analytics whether the two consent to analytics; without it their arms stay as they are
     * @throws dev.freshet.store.StoreUnavailableException if a write failed
     */
    Linked link(Event.Alias alias, ShardPosition position, boolean analytics) {
        UserProfile userBefore = users.get(alias.userId());
        UserProfile anonymous =
                ProfileWrite.apply(
                        users,
                        users.get(alias.anonymousId()),
                        profile ->
                                AliasRefusal.permits(profile, alias.userId())
                                                && !isErased(profile, alias)
                                        ? linked(profile, alias, position, analytics, userBefore)
                                        : profile);
        if (!alias.userId().equals(anonymous.aliasOf())) {
            return refused(anonymous, alias, anonymous);
        }
        UserProfile user =
                ProfileWrite.apply(
                        users,
                        users.get(alias.userId()),
                        profile ->
                                isErased(profile, alias)
                                        ? profile
                                        : withAlias(
                                                profile, alias, position, analytics, anonymous));
        if (!user.aliases().contains(alias.anonymousId())) {
            return refused(user, alias, unlink(alias));
        }
        Instant at = alias.header().correctedAt();
        ShardPosition retryOf = alias.header().retryOf();
        List<Enrolled> crossed = new ArrayList<>();
        if (analytics) {
            crossed.addAll(user.enrolled().crossedByForeign(position, retryOf, at));
            crossed.addAll(anonymous.enrolled().crossedByOwn(position, retryOf, at));
        }
        return new Linked(EventOutcome.ALIASED, crossed, List.of(anonymous, user));
    }

    private static Linked refused(UserProfile profile, Event.Alias alias, UserProfile anonymous) {
        return new Linked(
                isErased(profile, alias) ? EventOutcome.ERASED : EventOutcome.ALIAS_REFUSED,
                List.of(),
                List.of(anonymous));
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

    private UserProfile unlink(Event.Alias alias) {
        return ProfileWrite.apply(
                users,
                users.get(alias.anonymousId()),
                profile ->
                        alias.userId().equals(profile.aliasOf()) ? profile.aliasOf(null) : profile);
    }

    private static boolean isErased(UserProfile profile, Event.Alias alias) {
        return profile.tombstone() != null
                && profile.tombstone().covers(alias.header().receivedAt());
    }

    private static UserProfile linked(
            UserProfile anonymous,
            Event.Alias alias,
            ShardPosition position,
            boolean analytics,
            UserProfile user) {
        UserProfile linked = anonymous.aliasOf(alias.userId());
        return analytics
                ? linked.enrolled(linked.enrolled().joinedTo(user.enrolled(), position))
                : linked;
    }

    private static UserProfile withAlias(
            UserProfile user,
            Event.Alias alias,
            ShardPosition position,
            boolean analytics,
            UserProfile anonymous) {
        if (!AliasRefusal.takes(user, alias.anonymousId())) {
            return user;
        }
        UserProfile joined =
                analytics
                        ? user.enrolled(user.enrolled().joinedBy(anonymous.enrolled(), position))
                        : user;
        if (user.aliases().contains(alias.anonymousId())) {
            return joined;
        }
        List<String> aliases = new ArrayList<>(user.aliases());
        aliases.add(alias.anonymousId());
        return joined.withAliases(aliases);
    }
}
