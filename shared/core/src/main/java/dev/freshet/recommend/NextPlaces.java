package dev.freshet.recommend;

import dev.freshet.access.ListCursor;
import dev.freshet.candidate.AvailabilityFilter;
import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.RequestFilter;
import dev.freshet.candidate.UnwantedFilter;
import dev.freshet.model.signal.CatalogueItems;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.ranking.EarlierPlace;
import dev.freshet.ranking.Exploration.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next places of a list, of those that may still be shown: what is available now, what the user
 * has not disliked or hidden since, and what the filter of the request lets pass. What the user has
 * seen since stays in, so that no place is missing.
 *
 * @param candidates all places that remain and may be shown
 * @param page the places of this page
 * @param rest what remains after this page; null where nothing follows that may be shown
 */
record NextPlaces(Candidates candidates, List<EarlierPlace> page, @Nullable ListCursor rest) {
    private static final List<CandidateFilter> FILTERS =
            List.of(new AvailabilityFilter(), new UnwantedFilter(), new RequestFilter());

    private static final int KNOWN_SOURCES = (1 << SignalFamilies.SOURCES) - 1;

    NextPlaces {
        page = List.copyOf(page);
    }

    /**
     * Returns the next places. A place that may not be shown now is left out and does not come
     * again; where there is no model, every place waits for the next request.
     *
     * @param count most places
     */
    static NextPlaces of(ListCursor list, RequestContext request, int count) {
        List<ListCursor.Place> places = list.places();
        int[] at = new int[places.size()];
        int[] items = new int[places.size()];
        int[] sources = new int[places.size()];
        int known = 0;
        for (int place = 0; place < places.size(); place++) {
            int item = request.model().items().index(places.get(place).itemId());
            if (item >= 0) {
                at[known] = place;
                sources[known] = sources(places.get(place));
                items[known++] = item;
            }
        }
        Candidates candidates =
                Candidates.of(
                        request,
                        FILTERS,
                        Arrays.copyOf(items, known),
                        Arrays.copyOf(sources, known));
        List<EarlierPlace> page = new ArrayList<>();
        int taken = 0;
        for (int i = 0; i < known && page.size() < count; i++) {
            if (candidates.slot(items[i]) >= 0) {
                page.add(place(items[i], places.get(at[i])));
                taken = at[i] + 1;
            }
        }
        boolean last = page.size() == candidates.size() && request.model().items().size() > 0;
        return new NextPlaces(candidates, page, last ? null : list.after(taken, page.size()));
    }

    private static int sources(ListCursor.Place place) {
        int known = place.sources() & KNOWN_SOURCES;
        return known == 0 ? CatalogueItems.SOURCE.bit() : known;
    }

    private static EarlierPlace place(int item, ListCursor.Place place) {
        return new EarlierPlace(item, place.score(), place.propensity(), kind(place));
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
