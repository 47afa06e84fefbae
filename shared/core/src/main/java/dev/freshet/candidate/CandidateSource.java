package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.SignalFamily;
import dev.freshet.model.signal.Source;
import java.util.List;

/**
 * Finds items that might be shown; whether an item may be shown is for filters to decide.
 *
 * @param source what the items that it finds are attributed to
 * @param search returns lists of items, each best first; empty where the request gives nothing to
 *     search by
 */
public record CandidateSource(Source source, Search search) {
    /** A search for items of a request. */
    @FunctionalInterface
    public interface Search {
        /**
         * Returns lists of items, each best first.
         *
         * @param limit most items of each list
         */
        List<ItemScores> find(RequestContext request, int limit);
    }

    /** Returns the candidates of every signal family that finds any, in the order of the list. */
    public static List<CandidateSource> ofFamilies() {
        return SignalFamilies.ALL.stream()
                .filter(SignalFamily::findsCandidates)
                .map(CandidateSource::of)
                .toList();
    }

    /** Returns the candidates of one signal family. */
    public static CandidateSource of(SignalFamily family) {
        return new CandidateSource(
                family.source(),
                (request, limit) -> request.signals().family(family).candidates(limit));
    }

    /**
     * Returns lists of items, each best first; empty where the request gives nothing to search by.
     *
     * @param limit most items of each list
     */
    public List<ItemScores> find(RequestContext request, int limit) {
        return search.find(request, limit);
    }
}
