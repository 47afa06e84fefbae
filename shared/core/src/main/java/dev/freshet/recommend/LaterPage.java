package dev.freshet.recommend;

import dev.freshet.access.ListCursor;
import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.Model;
import dev.freshet.model.signal.CatalogueItems;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.Exploration.Position;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.StageTimes.ReadStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that was made before. Nothing is ranked; the reasons are those of now, but for
 * places that a rule gave. Of the rules of this request the filters count: places stay as the first
 * request's rules gave them.
 *
 * <p>A page has the next places of those that may still be shown: what is available now, what the
 * user has not disliked or hidden since, and what the filter of the request lets pass. What the
 * user has seen since stays in, so that no place is missing. A place that may not be shown now is
 * left out and does not come again; where there is no model, every place waits for the next
 * request.
 *
 * @param cursor what remains of the list
 * @param query of this page
 * @param settings of a new list for the request, without arms
 */
record LaterPage(ListCursor cursor, RecommendationQuery query, ListSettings settings)
        implements ListPlan.ListMaker {
    private static final List<CandidateFilter> FILTERS =
            List.of(
                    CandidateFilter.AVAILABILITY,
                    CandidateFilter.UNWANTED,
                    CandidateFilter.REQUEST);

    private static final int KNOWN_SOURCES = (1 << SignalFamilies.SOURCES) - 1;

    @Override
    public RankedList make(
            RequestContext request,
            List<CandidateFilter> filters,
            RandomGenerator random,
            StageTimes times) {
        List<ListCursor.Place> places = cursor.places();
        int[] items = new int[places.size()];
        int[] sources = new int[places.size()];
        int known = 0;
        for (ListCursor.Place place : places) {
            int item = request.model().items().index(place.itemId());
            if (item >= 0) {
                sources[known] = sources(place);
                items[known++] = item;
            }
        }
        Candidates candidates =
                Candidates.of(
                        request,
                        FILTERS,
                        Arrays.copyOf(items, known),
                        Arrays.copyOf(sources, known));
        List<Ranked> page = new ArrayList<>();
        for (ListCursor.Place place : places) {
            int item = request.model().items().index(place.itemId());
            if (item >= 0 && candidates.slot(item) >= 0 && page.size() < query.count()) {
                page.add(place(item, place, page.size()));
            }
        }
        times.end(ReadStage.GATHER);
        return settings.ranking()
                .again(request, candidates, settings.boosts(query), page, cursor.scored(), times);
    }

    /** Returns what remains after a page; null where nothing follows that may be shown. */
    static @Nullable ListCursor rest(ListCursor cursor, MadeList page) {
        List<Ranked> items = page.list().items();
        Model model = page.request().model();
        if (items.size() == page.list().blended().candidates().size() && model.items().size() > 0) {
            return null;
        }
        int taken = 0;
        for (int place = 0; place < cursor.places().size() && !items.isEmpty(); place++) {
            int item = model.items().index(cursor.places().get(place).itemId());
            taken = item == items.getLast().item() ? place + 1 : taken;
        }
        return cursor.after(taken, items.size());
    }

    private static int sources(ListCursor.Place place) {
        int known = place.sources() & KNOWN_SOURCES;
        return known == 0 ? CatalogueItems.SOURCE.bit() : known;
    }

    private static Ranked place(int item, ListCursor.Place place, int at) {
        return new Ranked(
                item,
                place.score(),
                new Position(at, place.propensity(), kind(place)),
                List.of(),
                sources(place),
                List.of(),
                List.of());
    }

    private static Kind kind(ListCursor.Place place) {
        if (place.pinned()) {
            return Kind.PINNED;
        }
        if (place.promoted()) {
            return Kind.PROMOTED;
        }
        return place.drawn() ? Kind.DRAWN : place.newcomer() ? Kind.NEWCOMER : Kind.CHOSEN;
    }
}
