package dev.freshet.recommend;

import dev.freshet.event.Consent;
import dev.freshet.features.History;
import dev.freshet.features.StoredInteraction;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * What the stores told of a reader.
 *
 * @param personalised whether what is stored of the reader may be used; false for nobody
 * @param missing codes of what they did not tell: {@code history-late}, {@code
 *     profile-unavailable}, …
 */
record HydratedUser(
        UserProfile profile,
        History history,
        HistorySummary reflects,
        boolean personalised,
        List<String> missing) {
    /** A page without any id, and a reader who is not to be known. */
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
     * Nothing of one who refuses personalisation gets further than this, and nothing that an
     * erasure covers. A profile that could not be read refuses nothing: rows exist only where there
     * was consent.
     *
     * @param consent what the reader's profile says, or that of the user whose alias the reader is
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

    /** The same with one more thing left out, if so. */
    HydratedUser without(boolean left, String code) {
        if (!left) {
            return this;
        }
        List<String> more = new ArrayList<>(missing);
        more.add(code);
        return new HydratedUser(profile, history, reflects, personalised, more);
    }
}
