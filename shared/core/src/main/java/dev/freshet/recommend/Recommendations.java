package dev.freshet.recommend;

import java.time.Duration;
import java.util.List;

/**
 * The answer to a query.
 *
 * @param items best first; fewer than asked for where no more may be shown
 * @param exposure signed token for the client to echo in impressions and clicks; empty where it
 *     could not be signed
 * @param modelVersion 0 where there is no model yet
 * @param modelAge since this process last looked for a newer version
 * @param reflects what of the reader's behaviour is in it
 * @param personalised whether what is stored of the reader was used; false for a request of nobody
 *     and for a reader who does not allow it: then place, time and the session alone count
 * @param degradedReasons codes of what was left out; empty as a rule
 */
public record Recommendations(
        String recommendationId,
        List<RecommendedItem> items,
        String exposure,
        long modelVersion,
        Duration modelAge,
        HistorySummary reflects,
        boolean personalised,
        List<String> degradedReasons) {
    public Recommendations {
        items = List.copyOf(items);
        degradedReasons = List.copyOf(degradedReasons);
    }

    /** Whether a stage was left out. */
    public boolean degraded() {
        return !degradedReasons.isEmpty();
    }
}
