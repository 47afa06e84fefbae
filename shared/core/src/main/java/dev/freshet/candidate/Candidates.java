package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.signal.CatalogueItems;
import dev.freshet.model.signal.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Distinct items that may be shown, each with the sources that found it; at most {@value #MAX}. A
 * filter is asked about an item once a round, however many sources find it.
 */
public final class Candidates {
    public static final int MAX = 1_000;

    /** Most items of each list of a source, in the first round. */
    public static final int USUAL_DEPTH = CatalogueItems.USUAL_DEPTH;

    /** Most items of each list of a source, in the rounds after filters left too few. */
    public static final int GREAT_DEPTH = 20_000;

    /** Candidates per requested item below which a deeper round is worth its cost. */
    private static final int PER_PLACE = 3;

    private final IntIndex kept = new IntIndex(MAX / 2);
    private final int[] sources = new int[MAX];

    private Candidates() {}

    /**
     * Collects candidates from every source and keeps those that pass every filter. Where that
     * leaves fewer than three for each requested item, asks again for longer lists; where it leaves
     * fewer than requested, asks once more without the filters that may be dropped.
     *
     * @param places number of requested items
     */
    public static Candidates gather(
            RequestContext request,
            List<CandidateSource> sources,
            List<CandidateFilter> filters,
            int places) {
        Candidates candidates = new Candidates();
        candidates.round(request, sources, passing(request, filters, false), USUAL_DEPTH);
        if (candidates.size() < PER_PLACE * places) {
            candidates.round(request, sources, passing(request, filters, false), GREAT_DEPTH);
        }
        if (candidates.size() < places) {
            candidates.round(request, sources, passing(request, filters, true), GREAT_DEPTH);
        }
        return candidates;
    }

    private void round(
            RequestContext request,
            List<CandidateSource> sources,
            IntPredicate passing,
            int depth) {
        IntIndex refused = new IntIndex(256);
        for (CandidateSource source : sources) {
            for (ItemScores found : source.find(request, depth)) {
                take(found, source.source(), passing, refused);
            }
        }
    }

    private static IntPredicate passing(
            RequestContext request, List<CandidateFilter> filters, boolean yielding) {
        List<IntPredicate> all = new ArrayList<>();
        for (CandidateFilter filter : filters) {
            if (!(yielding && filter.yields())) {
                all.add(filter.passing(request));
            }
        }
        IntPredicate[] each = all.toArray(IntPredicate[]::new);
        return item -> {
            for (IntPredicate filter : each) {
                if (!filter.test(item)) {
                    return false;
                }
            }
            return true;
        };
    }

    private void take(ItemScores found, Source source, IntPredicate passing, IntIndex refused) {
        for (int rank = 0; rank < found.size(); rank++) {
            int item = found.item(rank);
            int slot = kept.order(item);
            if (slot < 0 && kept.size() < MAX && refused.order(item) < 0) {
                if (passing.test(item)) {
                    slot = kept.orderOrInsert(item);
                } else {
                    refused.orderOrInsert(item);
                }
            }
            if (slot >= 0) {
                sources[slot] |= source.bit();
            }
        }
    }

    public int size() {
        return kept.size();
    }

    /** Returns the item in a slot, 0 to size − 1. */
    public int item(int slot) {
        return kept.key(slot);
    }

    /** Returns the slot of an item, or −1. */
    public int slot(int item) {
        return kept.order(item);
    }

    /** Returns the bits of the sources that found the item in a slot. */
    public int sources(int slot) {
        return sources[slot];
    }
}
