package dev.freshet.profile;

import dev.freshet.attribute.AttributeValue;
import dev.freshet.event.Consent;
import dev.freshet.event.ShardPosition;
import dev.freshet.experiment.enrolment.Enrolments;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of the Users table; written only when something in it changes.
 *
 * @param userId a user id or an anonymous id
 * @param attributes what the site states about the user, bounded by {@link
 *     dev.freshet.attribute.Attributes}
 * @param consent as stated in the profile, or null if not stated
 * @param aliases anonymous ids that belong to this user, oldest first, ≤ {@value #MAX_ALIASES}
 * @param shown by item id, how often and when an item was last shown; the {@value #MAX_SHOWN}
 *     latest
 * @param shownMark position of the last impression that {@code shown} includes, so that a
 *     redelivery counts once; or null
 * @param enrolled the user's arms in experiments; changed by the write of an impression or an
 *     alias, and so without one of its own
 * @param aliasOf the user to whom this anonymous id belongs, or null
 * @param tombstone of the latest erasure, or null; everything else in the row is newer than it
 * @param revision number of writes; every write is conditional on the previous revision
 */
public record UserProfile(
        String userId,
        Map<String, AttributeValue> attributes,
        @Nullable Consent consent,
        List<String> aliases,
        Map<String, Shown> shown,
        @Nullable ShardPosition shownMark,
        Enrolments enrolled,
        @Nullable String aliasOf,
        @Nullable Tombstone tombstone,
        long revision) {
    /** Most aliases of one user; a further one is refused. */
    public static final int MAX_ALIASES = 100;

    /** Most aliases that are read for a recommendation: the latest ones. */
    public static final int READ_ALIASES = 10;

    /** Most items whose impressions are counted. */
    public static final int MAX_SHOWN = 200;

    /**
     * How often a user was shown an item.
     *
     * @param count impressions since {@code since}
     */
    public record Shown(int count, Instant since, Instant last) {}

    public UserProfile {
        attributes = Map.copyOf(attributes);
        aliases = List.copyOf(aliases);
        shown = Map.copyOf(shown);
    }

    /** Returns a profile that was never written: revision 0. */
    public static UserProfile absent(String userId) {
        return new UserProfile(
                userId, Map.of(), null, List.of(), Map.of(), null, Enrolments.NONE, null, null, 0);
    }

    /**
     * Returns this profile under another id: the one requested, where stored ids are replaced ones.
     */
    public UserProfile withUserId(String otherId) {
        return new UserProfile(
                otherId,
                attributes,
                consent,
                aliases,
                shown,
                shownMark,
                enrolled,
                aliasOf,
                tombstone,
                revision);
    }

    /** Returns this profile with another revision, for adapters. */
    public UserProfile withRevision(long other) {
        return new UserProfile(
                userId,
                attributes,
                consent,
                aliases,
                shown,
                shownMark,
                enrolled,
                aliasOf,
                tombstone,
                other);
    }

    /** Returns this profile with the attributes and the consent that the site states. */
    public UserProfile withAttributesAndConsent(
            Map<String, AttributeValue> newAttributes, @Nullable Consent newConsent) {
        return new UserProfile(
                userId,
                newAttributes,
                newConsent,
                aliases,
                shown,
                shownMark,
                enrolled,
                aliasOf,
                tombstone,
                revision);
    }

    /**
     * Returns this profile with these counts of impressions, up to and including the one at {@code
     * mark}.
     */
    public UserProfile shown(Map<String, Shown> newShown, ShardPosition mark) {
        return new UserProfile(
                userId,
                attributes,
                consent,
                aliases,
                newShown,
                mark,
                enrolled,
                aliasOf,
                tombstone,
                revision);
    }

    /** Returns this profile with these arms in experiments. */
    public UserProfile enrolled(Enrolments arms) {
        return new UserProfile(
                userId,
                attributes,
                consent,
                aliases,
                shown,
                shownMark,
                arms,
                aliasOf,
                tombstone,
                revision);
    }

    /** Returns this profile with these anonymous ids as its aliases. */
    public UserProfile withAliases(List<String> newAliases) {
        return new UserProfile(
                userId,
                attributes,
                consent,
                newAliases,
                shown,
                shownMark,
                enrolled,
                aliasOf,
                tombstone,
                revision);
    }

    /** Returns this profile of an anonymous id as an alias of a user; null for no user. */
    public UserProfile aliasOf(@Nullable String user) {
        return new UserProfile(
                userId,
                attributes,
                consent,
                aliases,
                shown,
                shownMark,
                enrolled,
                user,
                tombstone,
                revision);
    }

    /** Returns the aliases that are read for a recommendation. */
    public List<String> latestAliases() {
        return aliases.subList(Math.max(0, aliases.size() - READ_ALIASES), aliases.size());
    }

    /** Returns when the user was erased, or null. */
    public @Nullable Instant erasedAt() {
        return tombstone == null ? null : tombstone.erasedAt();
    }

    /** Returns this profile with nothing but a tombstone. */
    public UserProfile erased(Tombstone newTombstone) {
        return new UserProfile(
                userId,
                Map.of(),
                null,
                List.of(),
                Map.of(),
                null,
                Enrolments.NONE,
                null,
                newTombstone,
                revision);
    }

    /** Returns this profile with another tombstone. */
    public UserProfile withTombstone(Tombstone other) {
        return new UserProfile(
                userId,
                attributes,
                consent,
                aliases,
                shown,
                shownMark,
                enrolled,
                aliasOf,
                other,
                revision);
    }

    /** Returns whether the profile holds data beside a tombstone. */
    public boolean hasData() {
        return !attributes.isEmpty()
                || consent != null
                || !aliases.isEmpty()
                || aliasOf != null
                || !shown.isEmpty()
                || !enrolled.isEmpty();
    }
}
