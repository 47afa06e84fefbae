package dev.freshet.recommend;

import dev.freshet.query.RankQuery;
import dev.freshet.ranking.Withheld;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response to a query.
 *
 * @param items best first; fewer than requested where no more may be shown
 * @param exposure signed token for the client to return in impressions and clicks; empty where it
 *     could not be signed
 * @param next what to send for the next page; null for a list without further pages
 * @param modelVersion 0 where there is no model yet
 * @param modelAge time since this process last looked for a newer version
 * @param reflects the part of the user's behaviour that is taken into account
 * @param personalised whether what is stored about the user was used; false for a request without
 *     an id and for a user who refuses it: then place, time and the session alone count
 * @param degradedReasons codes of what was left out; empty as a rule
 * @param predictedRatings the stars that the user would give, by item id; empty where they are not
 *     asked for
 * @param given what became of the items that the request gives; null where it gives none
 * @param trace how the list came about; not part of what pages and users may learn
 */
public record Recommendations(
        String recommendationId,
        List<RecommendedItem> items,
        String exposure,
        @Nullable String next,
        long modelVersion,
        Duration modelAge,
        HistorySummary reflects,
        boolean personalised,
        List<String> degradedReasons,
        Map<String, Double> predictedRatings,
        @Nullable Given given,
        ReadTrace trace) {
    /**
     * Given items that recommendations would not show.
     *
     * @param withheld those of the list, by id; empty where such items were dropped
     * @param unranked items that may not be shown to anybody now, in the order given; they come
     *     after the list
     * @param dropped items left out because the request asks for it, in the order given
     * @param duplicates ids that were given more than once
     */
    public record Given(
            Map<String, Withheld> withheld,
            List<Withheld> unranked,
            List<Withheld> dropped,
            List<String> duplicates) {
        public Given {
            withheld = Map.copyOf(withheld);
            unranked = List.copyOf(unranked);
            dropped = List.copyOf(dropped);
            duplicates = List.copyOf(duplicates);
        }

        /** Returns what becomes of withheld items beside those that have a place. */
        static Given of(RankQuery query, List<RecommendedItem> list, List<Withheld> withheld) {
            Map<String, Withheld> of = new HashMap<>();
            withheld.forEach(one -> of.put(one.itemId(), one));
            List<String> ids = query.itemIds();
            Map<String, Withheld> placed = new HashMap<>();
            for (RecommendedItem item : list) {
                Withheld why = of.remove(item.itemId());
                if (why != null) {
                    placed.put(item.itemId(), why);
                }
            }
            List<Withheld> without = ids.stream().filter(of::containsKey).map(of::get).toList();
            return new Given(
                    placed,
                    query.drop() ? List.of() : without,
                    query.drop() ? without : List.of(),
                    query.duplicates());
        }
    }

    public Recommendations {
        items = List.copyOf(items);
        degradedReasons = List.copyOf(degradedReasons);
        predictedRatings = Map.copyOf(predictedRatings);
    }

    /** Returns whether a stage was left out. */
    public boolean degraded() {
        return !degradedReasons.isEmpty();
    }
}
