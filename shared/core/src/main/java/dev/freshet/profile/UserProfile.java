package dev.freshet.profile;

import dev.freshet.event.Consent;
import dev.freshet.event.ShardPosition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of the Users table; written only when something in it changes.
 *
 * @param attributes what the site told of the user; ≤ 50 entries
 * @param consent what the profile says, or null where it says nothing
 * @param aliases anonymous ids that turned out to be this user, oldest first, ≤ {@value
 *     #MAX_ALIASES}
 * @param shown by item id, how often and when last shown; the {@value #MAX_SHOWN} latest
 * @param shownMark the last impression that {@code shown} includes, so that a redelivery counts
 *     once; or null
 * @param aliasOf the user that this (anonymous) id turned out to be, or null
 * @param tombstone what stays of an erasure, or null; what else stands here came after it
 * @param revision counts writes; every write is conditional on the one before
 */
public record UserProfile(
        String userId,
        Map<String, String> attributes,
        @Nullable Consent consent,
        List<String> aliases,
        Map<String, Shown> shown,
        @Nullable ShardPosition shownMark,
        @Nullable String aliasOf,
        @Nullable Tombstone tombstone,
        long revision) {
    /** Most aliases of one user; a further one is refused. */
    public static final int MAX_ALIASES = 100;

    /** As many of them, the latest, are read for a recommendation. */
    public static final int READ_ALIASES = 10;

    /** Most items whose showings are counted. */
    public static final int MAX_SHOWN = 200;

    /**
     * How often a reader was shown an item.
     *
     * @param count times shown since {@code since}
     */
    public record Shown(int count, Instant since, Instant last) {}

    public UserProfile {
        attributes = Map.copyOf(attributes);
        aliases = List.copyOf(aliases);
        shown = Map.copyOf(shown);
    }

    /** A profile that was never written: revision 0. */
    public static UserProfile absent(String userId) {
        return new UserProfile(userId, Map.of(), null, List.of(), Map.of(), null, null, null, 0);
    }

    /** The same profile under another id: the one asked for, where ids are replaced. */
    public UserProfile as(String otherId) {
        return new UserProfile(
                otherId,
                attributes,
                consent,
                aliases,
                shown,
                shownMark,
                aliasOf,
                tombstone,
                revision);
    }

    /** The same profile as of another revision; for adapters. */
    public UserProfile withRevision(long other) {
        return new UserProfile(
                userId, attributes, consent, aliases, shown, shownMark, aliasOf, tombstone, other);
    }

    /** This profile with what the site says of the user. */
    public UserProfile saying(Map<String, String> newAttributes, @Nullable Consent newConsent) {
        return new UserProfile(
                userId,
                newAttributes,
                newConsent,
                aliases,
                shown,
                shownMark,
                aliasOf,
                tombstone,
                revision);
    }

    /**
     * This profile with these showings counted, up to and including the impression at {@code mark}.
     */
    public UserProfile shown(Map<String, Shown> newShown, ShardPosition mark) {
        return new UserProfile(
                userId, attributes, consent, aliases, newShown, mark, aliasOf, tombstone, revision);
    }

    /** This profile with these anonymous ids as its own. */
    public UserProfile knownAs(List<String> newAliases) {
        return new UserProfile(
                userId,
                attributes,
                consent,
                newAliases,
                shown,
                shownMark,
                aliasOf,
                tombstone,
                revision);
    }

    /** This (anonymous) profile as an alias of a user, or of nobody any more. */
    public UserProfile aliasOf(@Nullable String user) {
        return new UserProfile(
                userId, attributes, consent, aliases, shown, shownMark, user, tombstone, revision);
    }

    /** The aliases that are read for a recommendation. */
    public List<String> latestAliases() {
        return aliases.subList(Math.max(0, aliases.size() - READ_ALIASES), aliases.size());
    }

    /** When the reader was erased, or null. */
    public @Nullable Instant erasedAt() {
        return tombstone == null ? null : tombstone.erasedAt();
    }

    /** Nothing of this profile but a tombstone. */
    public UserProfile erased(Tombstone left) {
        return new UserProfile(
                userId, Map.of(), null, List.of(), Map.of(), null, null, left, revision);
    }

    /** This profile under another tombstone. */
    public UserProfile under(Tombstone other) {
        return new UserProfile(
                userId, attributes, consent, aliases, shown, shownMark, aliasOf, other, revision);
    }

    /** Whether anything is said here, beside a tombstone. */
    public boolean saysSomething() {
        return !attributes.isEmpty()
                || consent != null
                || !aliases.isEmpty()
                || aliasOf != null
                || !shown.isEmpty();
    }
}
