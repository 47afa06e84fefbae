package dev.freshet.recommend;

import static dev.freshet.query.InvalidQueryException.require;

import dev.freshet.access.ListCursor;
import dev.freshet.access.Signer;
import dev.freshet.event.UserIdentity;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Seals what remains of a list for the next request, and opens what such a request sends. A cursor
 * holds for the user and the placement of its list alone.
 *
 * @param exposures derived by {@link Signer#EXPOSURE}
 */
record ListCursors(Supplier<Signer> exposures) {
    /**
     * Returns a number that stands for the user and the placement of a request.
     *
     * @throws StoreUnavailableException where the secret cannot be read
     */
    long owner(RecommendationQuery query) {
        UserIdentity user = query.user();
        return ListCursor.owner(
                signer(),
                user == null ? "" : text(user.userId()),
                user == null ? "" : text(user.anonymousId()),
                query.placement());
    }

    /**
     * Returns what the page after the first one of a list comes from; null where nothing follows.
     *
     * @throws StoreUnavailableException where the secret cannot be read
     */
    @Nullable ListCursor afterFirstPage(MadeList made) {
        ListPlan plan = made.plan();
        int count = plan.query().count();
        List<Ranked> all = made.list().items();
        if (all.size() <= count) {
            return null;
        }
        List<ListCursor.Place> places = new ArrayList<>();
        for (Ranked ranked : all.subList(count, all.size())) {
            places.add(
                    new ListCursor.Place(
                            made.request().model().items().id(ranked.item()),
                            ranked.propensity(),
                            ranked.sources(),
                            ranked.kind() == Kind.DRAWN,
                            ranked.kind() == Kind.NEWCOMER,
                            ResponseAssembler.score(ranked.score()),
                            ranked.kind() == Kind.PINNED,
                            ranked.kind() == Kind.PROMOTED));
        }
        return new ListCursor(
                owner(plan.query()),
                made.request().now(),
                made.user().personalised(),
                plan.ranking() != null,
                made.modelVersion(),
                plan.arms(),
                plan.segment(),
                count,
                places);
    }

    /**
     * Returns the text of a cursor.
     *
     * @throws StoreUnavailableException where the secret cannot be read
     */
    String seal(ListCursor rest) {
        return rest.seal(signer());
    }

    /**
     * Returns what remains of the list that a request goes on with.
     *
     * @throws InvalidQueryException for a cursor that was not made here, has expired, or belongs to
     *     another user or placement, and where the user has withdrawn the consent to
     *     personalisation or was erased since the list was made
     * @throws StoreUnavailableException where the secret cannot be read
     */
    ListCursor open(String cursor, RecommendationQuery query, HydratedUser user, Instant now) {
        ListCursor rest =
                ListCursor.open(cursor, signer())
                        .orElseThrow(
                                () ->
                                        new InvalidQueryException(
                                                "bad-page",
                                                "page is not what a response of this stack named as"
                                                        + " next; send that unchanged."));
        require(
                rest.owner() == owner(query),
                "page-of-another-list",
                "page belongs to a list of another user or placement; ask for a new list with"
                        + " paged.");
        require(
                !rest.expired(now),
                "page-expired",
                "A list goes on for "
                        + ListCursor.VALID_FOR.toHours()
                        + " hours after its first page; ask for a new list with paged.");
        boolean erased =
                user.profile().tombstone() != null
                        && user.profile().tombstone().covers(rest.issuedAt());
        require(
                !rest.personalised() || (!erased && user.personalised()),
                "page-withdrawn",
                "The list was made from what may no longer be used of this user; ask for a new"
                        + " list with paged.");
        return rest;
    }

    private Signer signer() {
        return exposures.get().derive(Signer.LIST_CURSOR);
    }

    private static String text(@Nullable String id) {
        return id == null ? "" : id;
    }
}
