package dev.freshet.recommend;

import dev.freshet.event.Consent;
import dev.freshet.features.History;
import dev.freshet.features.StoredInteraction;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * What the stores returned about a user.
 *
 * @param personalised whether what is stored about the user may be used; false for a request
 *     without an id
 * @param missing codes of what they did not return: {@code history-late}, {@code
 *     profile-unavailable}, …
 */
record HydratedUser(
        UserProfile profile,
        History history,
        HistorySummary reflects,
        boolean personalised,
        List<String> missing) {
    /** The result for a request without an id, and for a user who must not be recognised. */
    static final HydratedUser NOBODY =
            new HydratedUser(
                    UserProfile.absent(""),
                    History.EMPTY,
                    HistorySummary.NOTHING,
                    false,
                    List.of());

    HydratedUser {
        missing = List.copyOf(missing);
    }

    /**
     * Returns what may be used: nothing of a user who refuses personalisation, and nothing that an
     * erasure covers. A profile that could not be read refuses nothing, since rows exist only where
     * consent was given.
     *
     * @param consent of the user's profile, or of the profile that the id is an alias of
     */
    static HydratedUser of(
            UserProfile profile,
            Consent consent,
            List<StoredInteraction> newestFirst,
            List<String> missing) {
        if (!consent.personalisation()) {
            return new HydratedUser(
                    UserProfile.absent(profile.userId()),
                    History.EMPTY,
                    HistorySummary.NOTHING,
                    false,
                    missing);
        }
        Tombstone tombstone = profile.tombstone();
        List<StoredInteraction> rows =
                tombstone == null
                        ? newestFirst
                        : newestFirst.stream()
                                .filter(row -> !tombstone.covers(row.receivedAt()))
                                .toList();
        return new HydratedUser(profile, History.of(rows), HistorySummary.of(rows), true, missing);
    }

    /** Returns a copy with one more missing part where the condition holds. */
    HydratedUser without(boolean left, String code) {
        if (!left) {
            return this;
        }
        List<String> more = new ArrayList<>(missing);
        more.add(code);
        return new HydratedUser(profile, history, reflects, personalised, more);
    }
}
