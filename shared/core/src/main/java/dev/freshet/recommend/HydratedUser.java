package dev.freshet.recommend;

import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Consent;
import dev.freshet.features.History;
import dev.freshet.features.StoredInteraction;
import dev.freshet.model.Model;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.vectors.Segment;
import dev.freshet.model.vectors.Segments;
import dev.freshet.profile.CountedUsers;
import dev.freshet.profile.UserProfile;
import dev.freshet.recommend.Recommendations.HistorySummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the stores returned about a user.
 *
 * @param personalised whether what is stored about the user may be used; false for a request
 *     without an id
 * @param enrolled the user's arms in experiments, whichever of the ids has them
 * @param analytics whether no profile refuses analytics
 * @param knownSince the receipt of the first event that the stores returned; null for none
 * @param asker for whom the list of the request counts
 * @param missing codes of what they did not return: {@code history-late}, {@code
 *     profile-unavailable}, …
 */
record HydratedUser(
        UserProfile profile,
        History history,
        HistorySummary reflects,
        boolean personalised,
        boolean analytics,
        @Nullable Instant knownSince,
        Asker asker,
        Enrolments enrolled,
        List<String> missing) {
    /**
     * For whom a list counts.
     *
     * @param id that the request is about, as stored; null for a list that counts for nobody
     * @param enrols whether the user takes part in experiments
     */
    record Asker(@Nullable String id, boolean enrols) {
        static final Asker NOBODY = new Asker(null, false);

        boolean counts() {
            return id != null;
        }
    }

    /** The result for a request without an id, and for a user who must not be recognised. */
    static final HydratedUser NOBODY = unusable(UserProfile.absent(""), List.of());

    private static HydratedUser unusable(UserProfile profile, List<String> missing) {
        return new HydratedUser(
                profile,
                History.EMPTY,
                HistorySummary.NOTHING,
                false,
                false,
                null,
                Asker.NOBODY,
                Enrolments.NONE,
                missing);
    }

    /**
     * Returns the user's segment by the stored rows; null where it is not known, and for a user
     * whose history may not be used.
     */
    @Nullable Segment segment(Model model) {
        Segments segments = model.segments();
        return segments.isEmpty() || history.isEmpty()
                ? null
                : segments.of(Preferences.of(model.items(), history, List.of()));
    }

    /**
     * Returns what may be used: nothing where one of the profiles refuses personalisation, and
     * nothing that an erasure covers. A profile that could not be read refuses nothing, since rows
     * exist only where consent was given.
     *
     * @param profile of the id that the request is about
     * @param others the profiles of the request's other id and of the users of whom the two ids are
     *     aliases
     */
    static HydratedUser of(
            UserProfile profile,
            List<UserProfile> others,
            List<StoredInteraction> newestFirst,
            List<String> missing) {
        List<Consent> consents =
                Stream.concat(Stream.of(profile), others.stream())
                        .map(UserProfile::consent)
                        .filter(Objects::nonNull)
                        .toList();
        if (!consents.stream().allMatch(Consent::personalisation)) {
            return unusable(UserProfile.absent(profile.userId()), missing);
        }
        List<StoredInteraction> rows =
                newestFirst.stream()
                        .filter(row -> !isErased(row, profile))
                        .filter(
                                row ->
                                        others.stream()
                                                .noneMatch(
                                                        other ->
                                                                other.userId().equals(row.userId())
                                                                        && isErased(row, other)))
                        .toList();
        return new HydratedUser(
                profile,
                History.of(rows),
                HistorySummary.of(rows),
                true,
                consents.stream().allMatch(Consent::analytics),
                Stream.concat(
                                Stream.concat(Stream.of(profile), others.stream())
                                        .map(UserProfile::shownSince)
                                        .filter(Objects::nonNull),
                                rows.stream().map(StoredInteraction::receivedAt))
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                Asker.NOBODY,
                enrolled(profile, others),
                missing);
    }

    /**
     * Returns the enrolments of a profile, and those of the user's other ids in further
     * experiments, as the profile will have them when an alias is processed.
     */
    private static Enrolments enrolled(UserProfile profile, List<UserProfile> others) {
        Enrolments enrolled = profile.enrolled();
        for (UserProfile other : others) {
            if (isOfOneUser(profile, other, others)) {
                enrolled = enrolled.orThoseOf(other.enrolled());
            }
        }
        return enrolled;
    }

    /** Returns whether another profile is of the user: linked, or not linked to anybody yet. */
    private static boolean isOfOneUser(
            UserProfile profile, UserProfile other, List<UserProfile> others) {
        return profile.userId().equals(other.aliasOf())
                || other.userId().equals(profile.aliasOf())
                || (other.aliasOf() == null
                        && others.stream()
                                .noneMatch(each -> other.userId().equals(each.aliasOf())));
    }

    private static boolean isErased(StoredInteraction row, UserProfile profile) {
        return profile.tombstone() != null && profile.tombstone().covers(row.receivedAt());
    }

    /** Returns the code for filters that ask about a user who must not be recognised. */
    List<String> unknown() {
        return personalised ? List.of() : List.of("user-unknown");
    }

    /**
     * Returns a copy whose list counts for the id that the request is about, if that counts. The
     * request's other id does not vouch for itself: whoever has an account can name any.
     */
    HydratedUser counted(CountedUsers users, Instant now) {
        String id = profile.userId();
        return personalised && users.counts(id, knownSince, now)
                ? with(new Asker(id, users.enrols(id)), missing)
                : this;
    }

    /** Returns a copy with the codes of further missing parts. */
    HydratedUser without(List<String> codes) {
        if (codes.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(missing);
        more.addAll(codes);
        return with(asker, more);
    }

    private HydratedUser with(Asker other, List<String> codes) {
        return new HydratedUser(
                profile,
                history,
                reflects,
                personalised,
                analytics,
                knownSince,
                other,
                enrolled,
                codes);
    }
}
