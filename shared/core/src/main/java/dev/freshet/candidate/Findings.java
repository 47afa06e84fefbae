package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.signal.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the sources of a request found, with the rank of each item, and what the filters say to it:
 * the material of an explanation. Used by one thread.
 */
public final class Findings {
    private final List<CandidateFilter> filters;
    private final IntPredicate[] passing;
    private final List<Source> sources = new ArrayList<>();
    private final List<IntIndex> lists = new ArrayList<>();

    /**
     * An item in the list of a source.
     *
     * @param rank from 1, the best of the source's lists that have the item
     * @param of length of that list
     */
    public record Found(Source source, int rank, int of) {}

    /** Returns what all filters say, also those that recommendations drop, and no sources. */
    public static Findings of(RequestContext request, List<CandidateFilter> filters) {
        return new Findings(
                List.copyOf(filters),
                filters.stream()
                        .map(filter -> filter.passing(request))
                        .toArray(IntPredicate[]::new));
    }

    Findings(List<CandidateFilter> filters, IntPredicate[] passing) {
        this.filters = filters;
        this.passing = passing;
    }

    void add(Source source, ItemScores list) {
        IntIndex ranks = new IntIndex(list.size());
        for (int rank = 0; rank < list.size(); rank++) {
            ranks.orderOrInsert(list.item(rank));
        }
        sources.add(source);
        lists.add(ranks);
    }

    /** Returns the sources that found an item, in the order in which they were asked. */
    public List<Found> of(int item) {
        List<Found> found = new ArrayList<>();
        for (int at = 0; at < lists.size(); at++) {
            int order = lists.get(at).order(item);
            if (order >= 0) {
                Found here = new Found(sources.get(at), order + 1, lists.get(at).size());
                Found last = found.isEmpty() ? null : found.getLast();
                if (last == null || !last.source().equals(here.source())) {
                    found.add(here);
                } else if (here.rank() < last.rank()) {
                    found.set(found.size() - 1, here);
                }
            }
        }
        return found;
    }

    /** Returns the distinct items found that are no candidates, in the order they were found. */
    public int[] without(Candidates candidates) {
        IntIndex others = new IntIndex(256);
        for (IntIndex list : lists) {
            for (int order = 0; order < list.size(); order++) {
                if (candidates.slot(list.key(order)) < 0) {
                    others.orderOrInsert(list.key(order));
                }
            }
        }
        int[] items = new int[others.size()];
        for (int order = 0; order < items.length; order++) {
            items[order] = others.key(order);
        }
        return items;
    }

    /** Returns the first filter that refuses an item; null where it passes all. */
    public @Nullable CandidateFilter refusing(int item) {
        int at = Candidates.refusing(passing, item);
        return at == passing.length ? null : filters.get(at);
    }
}
