package dev.freshet.recommend;

import dev.freshet.access.ListArm;
import dev.freshet.candidate.Candidates;
import dev.freshet.catalog.Item;
import dev.freshet.event.EventType;
import dev.freshet.features.StoredInteraction;
import dev.freshet.model.Model;
import dev.freshet.model.signal.Attributors.Attribution.Moved;
import dev.freshet.query.RankQuery;
import dev.freshet.ranking.ListShape;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.RankedList.Withheld;
import dev.freshet.ranking.Reason;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.StageTimes.ReadStage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
     * One item of a response.
     *
     * @param item as the model has it, without its text; its title is empty where the catalogue has
     *     none
     * @param score natural logarithm of the odds, up to a constant that all items of one response
     *     share, rounded to tenths; falls with position except where diversity and exploration
     *     changed the order. In a list of trending items, about how many users of the last hours:
     *     0, 1, 2, 5, 10, 20, 50 and so on, rounded down
     * @param position from 1
     * @param reasons largest share first, at least one; shares are rounded to hundredths,
     *     contributions to tenths
     * @param movedBy the user's own events with the largest effect, largest first; empty for a user
     *     without any
     */
    public record RecommendedItem(
            Item item, double score, int position, List<Reason> reasons, List<Moved> movedBy) {
        public String itemId() {
            return item.itemId();
        }
    }

    /**
     * The part of the user's behaviour that a response takes into account, so that a client can see
     * that its click counted.
     *
     * @param events rows read, impressions left out
     * @param latestEventId id of the newest row, or null where there is none
     * @param latestOccurredAt its time as the client sent it, or null
     */
    public record HistorySummary(
            int events, @Nullable String latestEventId, @Nullable Instant latestOccurredAt) {
        public static final HistorySummary NOTHING = new HistorySummary(0, null, null);

        static HistorySummary of(List<StoredInteraction> newestFirst) {
            int events = 0;
            StoredInteraction latest = null;
            for (StoredInteraction row : newestFirst) {
                if (row.type() != EventType.IMPRESSION) {
                    events++;
                    latest = latest == null ? row : latest;
                }
            }
            return latest == null
                    ? NOTHING
                    : new HistorySummary(events, latest.eventId(), latest.occurredAt());
        }
    }

    /**
     * How a list came about. It reveals how large filters and histories are, and is for the log and
     * for servers of the site alone.
     *
     * @param times of the stages
     * @param candidates that were ranked, with what sources found and filters removed
     * @param shape how varied and how unusual its items are
     * @param explored number of places whose item was drawn, with a probability below 1
     * @param arms labels of the arms in which the list was made, without those of users who are not
     *     counted
     * @param policy by which places are filled, as {@link dev.freshet.ranking.Ranking#policy}
     */
    public record ReadTrace(
            Map<ReadStage, Duration> times,
            Candidates candidates,
            ListShape shape,
            int explored,
            List<String> arms,
            String policy) {
        static ReadTrace of(StageTimes times, Model model, ListPlan plan, RankedList list) {
            return new ReadTrace(
                    times.times(),
                    list.blended().candidates(),
                    new ListShape(model, list.items()),
                    (int) list.items().stream().filter(ranked -> ranked.propensity() < 1).count(),
                    plan.arms().stream().map(ListArm::label).toList(),
                    plan.policy());
        }
    }

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

    /** Returns whether a stage was left out. */
    public boolean degraded() {
        return !degradedReasons.isEmpty();
    }

    /**
     * Returns codes of why there are no items: one, or the wire names of the filters that withheld
     * what was found. Empty for a list that has any, and for given items, each of which is
     * accounted for.
     */
    public List<String> emptyReasons() {
        if (!items.isEmpty() || given != null) {
            return List.of();
        }
        Model model = trace.shape().model();
        if (modelVersion == 0) {
            return List.of("model-empty");
        }
        if (IntStream.range(0, model.items().size()).noneMatch(model::shows)) {
            return List.of("catalogue-empty");
        }
        if (trace.candidates().size() > 0) {
            return List.of("min-score");
        }
        List<String> filters = List.copyOf(trace.candidates().removed().keySet());
        return filters.isEmpty() ? List.of("no-candidates") : filters;
    }
}
