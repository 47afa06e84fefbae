package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.SignalFamily;
import dev.freshet.model.signal.Source;
import java.util.List;

/** Finds items that might be shown; whether an item may be shown is for filters to decide. */
public interface CandidateSource {
    /** Returns what the items that it finds are attributed to. */
    Source source();

    /**
     * Returns lists of items, each best first; empty where the request gives nothing to search by.
     *
     * @param limit most items of each list
     */
    List<ItemScores> find(RequestContext request, int limit);

    /** Returns the candidates of every signal family that finds any, in the order of the list. */
    static List<CandidateSource> ofFamilies() {
        return SignalFamilies.ALL.stream()
                .filter(SignalFamily::findsCandidates)
                .map(CandidateSource::of)
                .toList();
    }

    /** Returns the candidates of one signal family. */
    static CandidateSource of(SignalFamily family) {
        return new CandidateSource() {
            @Override
            public Source source() {
                return family.source();
            }

            @Override
            public List<ItemScores> find(RequestContext request, int limit) {
                return request.signals().family(family).candidates(limit);
            }
        };
    }
}
