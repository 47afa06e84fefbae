package dev.freshet.recommend;

import java.time.Duration;
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
        ReadTrace trace) {
    public Recommendations {
        items = List.copyOf(items);
        degradedReasons = List.copyOf(degradedReasons);
        predictedRatings = Map.copyOf(predictedRatings);
    }

    /** Returns this response with the stars that the user would give. */
    Recommendations with(Map<String, Double> ratings) {
        return new Recommendations(
                recommendationId,
                items,
                exposure,
                next,
                modelVersion,
                modelAge,
                reflects,
                personalised,
                degradedReasons,
                ratings,
                trace);
    }

    /** Returns whether a stage was left out. */
    public boolean degraded() {
        return !degradedReasons.isEmpty();
    }
}
