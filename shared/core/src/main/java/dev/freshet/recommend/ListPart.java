package dev.freshet.recommend;

import dev.freshet.access.ListCursor;
import dev.freshet.experiment.enrolment.ListArm;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.Exploration;
import dev.freshet.ranking.Ranked;
import dev.freshet.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that one response has.
 *
 * @param first position of its first item, from 0
 * @param items in their order
 * @param arms named by its exposure token
 * @param shadows that it was drawn beside, named by its exposure token
 * @param segment of the user, named by its exposure token; null where it is not known
 * @param version of the model that ranked the list
 * @param rest what the next page comes from; null where nothing follows
 */
record ListPart(
        int first,
        List<Ranked> items,
        List<ListArm> arms,
        List<ListArm> shadows,
        @Nullable String segment,
        long version,
        @Nullable ListCursor rest) {
    ListPart {
        items = List.copyOf(items);
        arms = List.copyOf(arms);
        shadows = List.copyOf(shadows);
    }

    /** Returns a list as a whole. */
    static ListPart whole(MadeList made) {
        return upTo(made, made.list().items().size(), null);
    }

    /**
     * Returns the first page of a list.
     *
     * @throws StoreUnavailableException where the secret of cursors cannot be read
     */
    static ListPart firstPage(MadeList made, RecommendationQuery query, ListCursors cursors) {
        List<Ranked> all = made.list().items();
        if (all.size() <= query.count()) {
            return whole(made);
        }
        List<ListCursor.Place> places = new ArrayList<>();
        for (Ranked ranked : all.subList(query.count(), all.size())) {
            places.add(
                    new ListCursor.Place(
                            made.request().model().items().id(ranked.item()),
                            ranked.propensity(),
                            ranked.sources(),
                            ranked.kind() == Exploration.Kind.DRAWN,
                            ranked.kind() == Exploration.Kind.NEWCOMER,
                            ResponseAssembler.score(ranked.score()),
                            ranked.kind() == Exploration.Kind.PINNED,
                            ranked.kind() == Exploration.Kind.PROMOTED));
        }
        return upTo(
                made,
                query.count(),
                new ListCursor(
                        cursors.owner(query),
                        made.request().now(),
                        made.user().personalised(),
                        made.ranking() != null,
                        made.served().version(),
                        made.arms().counted(),
                        made.arms().segment(),
                        query.count(),
                        places));
    }

    /** Returns the first places of a list, and what remains of it. */
    static ListPart upTo(MadeList made, int places, @Nullable ListCursor rest) {
        List<Ranked> all = made.list().items();
        List<Ranked> items = all.subList(0, Math.min(places, all.size()));
        return new ListPart(
                0,
                items,
                made.arms().counted(),
                evaluated(made.shadows(), items),
                made.arms().segment(),
                made.served().version(),
                rest);
    }

    /** Returns the shadows that a list was drawn beside: none of a list that was not drawn. */
    private static List<ListArm> evaluated(List<ServedShadow> shadows, List<Ranked> list) {
        return list.isEmpty() || list.getFirst().logRatios().isEmpty()
                ? List.of()
                : shadows.stream().map(ServedShadow::name).toList();
    }
}
