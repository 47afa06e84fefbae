package dev.freshet.profile;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.check.Millis;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Consent;
import dev.freshet.event.ShardPosition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of the Users table; written only when something in it changes.
 *
 * @param userId a user id or an anonymous id
 * @param stated what the site states about the user
 * @param aliases anonymous ids that belong to this user, oldest first, ≤ {@value #MAX_ALIASES}
 * @param counts what the user was shown
 * @param enrolled the user's arms in experiments; changed by the write of an impression or an
 *     alias, and so without one of its own
 * @param aliasOf the user to whom this anonymous id belongs, or null
 * @param tombstone of the latest erasure, or null; everything else in the row is newer than it
 * @param revision number of writes; every write is conditional on the previous revision
 */
public record UserProfile(
        String userId,
        Stated stated,
        List<String> aliases,
        ShownItems counts,
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
    public record Shown(int count, Instant since, Instant last) {
        public Shown {
            since = Millis.of(since);
            last = Millis.of(last);
        }
    }

    /**
     * What the site states about a user.
     *
     * @param attributes by name, bounded by {@link dev.freshet.catalog.Attributes}
     * @param consent null if not stated
     */
    public record Stated(Map<String, AttributeValue> attributes, @Nullable Consent consent) {
        static final Stated NOTHING = new Stated(Map.of(), null);

        public Stated {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * What a user was shown.
     *
     * @param byId by item id, how often and when an item was last shown; the {@value #MAX_SHOWN}
     *     latest
     * @param mark position of the last impression that {@code byId} includes, so that a redelivery
     *     counts once; or null
     * @param since the receipt of the first impression, since which the user is known; or null
     */
    public record ShownItems(
            Map<String, Shown> byId, @Nullable ShardPosition mark, @Nullable Instant since) {
        static final ShownItems NONE = new ShownItems(Map.of(), null, null);

        public ShownItems {
            byId = Map.copyOf(byId);
            since = Millis.ofNullable(since);
        }
    }

    public UserProfile {
        aliases = List.copyOf(aliases);
    }

    /** Returns a profile that was never written: revision 0. */
    public static UserProfile absent(String userId) {
        return new UserProfile(
                userId, Stated.NOTHING, List.of(), ShownItems.NONE, Enrolments.NONE, null, null, 0);
    }

    public Map<String, AttributeValue> attributes() {
        return stated.attributes;
    }

    public @Nullable Consent consent() {
        return stated.consent;
    }

    public Map<String, Shown> shown() {
        return counts.byId;
    }

    public @Nullable ShardPosition shownMark() {
        return counts.mark;
    }

    /** Returns when the user's first impression was received, or null. */
    public @Nullable Instant shownSince() {
        return counts.since;
    }

    /**
     * Returns this profile under another id: the one requested, where stored ids are replaced ones.
     */
    public UserProfile withUserId(String other) {
        return new UserProfile(
                other, stated, aliases, counts, enrolled, aliasOf, tombstone, revision);
    }

    /** Returns this profile with another revision, for adapters. */
    public UserProfile withRevision(long other) {
        return new UserProfile(
                userId, stated, aliases, counts, enrolled, aliasOf, tombstone, other);
    }

    /** Returns this profile with other statements of the site. */
    public UserProfile with(Stated other) {
        return new UserProfile(
                userId, other, aliases, counts, enrolled, aliasOf, tombstone, revision);
    }

    /**
     * Returns this profile with these counts of impressions, up to and including the one at {@code
     * mark}. The receipt of the first impression stays.
     */
    public UserProfile shown(Map<String, Shown> byId, @Nullable ShardPosition mark) {
        return with(new ShownItems(byId, mark, counts.since));
    }

    /** Returns this profile with what the user was shown. */
    public UserProfile with(ShownItems shown) {
        return new UserProfile(
                userId, stated, aliases, shown, enrolled, aliasOf, tombstone, revision);
    }

    /** Returns this profile with these arms in experiments. */
    public UserProfile enrolled(Enrolments arms) {
        return new UserProfile(userId, stated, aliases, counts, arms, aliasOf, tombstone, revision);
    }

    /** Returns this profile with these anonymous ids as its aliases. */
    public UserProfile withAliases(List<String> ids) {
        return new UserProfile(userId, stated, ids, counts, enrolled, aliasOf, tombstone, revision);
    }

    /** Returns this profile of an anonymous id as an alias of a user; null for no user. */
    public UserProfile aliasOf(@Nullable String user) {
        return new UserProfile(
                userId, stated, aliases, counts, enrolled, user, tombstone, revision);
    }

    /** Returns this profile with another tombstone. */
    public UserProfile withTombstone(Tombstone other) {
        return new UserProfile(userId, stated, aliases, counts, enrolled, aliasOf, other, revision);
    }

    /** Returns this profile with nothing but a tombstone. */
    public UserProfile erased(Tombstone other) {
        return absent(userId).withTombstone(other).withRevision(revision);
    }

    /** Returns the aliases that are read for a recommendation. */
    public List<String> latestAliases() {
        return aliases.subList(Math.max(0, aliases.size() - READ_ALIASES), aliases.size());
    }

    /** Returns when the user was erased, or null. */
    public @Nullable Instant erasedAt() {
        return tombstone == null ? null : tombstone.erasedAt();
    }

    /** Returns whether the profile holds data beside a tombstone. */
    public boolean hasData() {
        return !stated.equals(Stated.NOTHING)
                || !aliases.isEmpty()
                || aliasOf != null
                || !counts.byId.isEmpty()
                || !enrolled.isEmpty();
    }

    /**
     * The reasons why an anonymous id cannot become an alias of a user.
     *
     * <p>Aliases have a depth of one: an id with aliases is no alias itself. An export and an
     * erasure of a user therefore reach every id that the user's history is read from.
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

        /**
         * Returns the first reason that the two profiles give, or empty if the link can be made.
         */
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
}
