package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.signal.CatalogueItems;
import dev.freshet.model.signal.Source;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Distinct items that may be shown, each with the sources that found it; at most {@value #MAX}. A
 * filter is asked about an item once a round, however many sources find it.
 */
public final class Candidates {
    public static final int MAX = 1_000;

    /** Most items that rules add beyond {@link #MAX}. */
    public static final int MAX_ADDED = 320;

    /** Most items of each list of a source, in the first round. */
    public static final int USUAL_DEPTH = CatalogueItems.USUAL_DEPTH;

    /** Most items of each list of a source, in the rounds after filters left too few. */
    public static final int GREAT_DEPTH = 20_000;

    /** Candidates per requested item below which a deeper round is worth its cost. */
    private static final int PER_PLACE = 3;

    private final IntIndex kept = new IntIndex(MAX / 2);
    private final int[] sources = new int[MAX + MAX_ADDED];
    private final List<CandidateSource> asked;
    private final List<CandidateFilter> filters;
    private final int[] found = new int[Source.MAX + 1];
    private final int[] removed;
    private int depth;
    private boolean relaxed;

    private Candidates(List<CandidateSource> asked, List<CandidateFilter> filters) {
        this.asked = asked;
        this.filters = filters;
        removed = new int[filters.size()];
    }

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
        Candidates candidates = new Candidates(sources, filters);
        candidates.round(request, USUAL_DEPTH, false);
        if (candidates.size() < PER_PLACE * places) {
            candidates.round(request, GREAT_DEPTH, false);
        }
        if (candidates.size() < places) {
            candidates.round(request, GREAT_DEPTH, true);
        }
        return candidates;
    }

    /**
     * Returns those of given items that pass every filter, in their order.
     *
     * @param items distinct, by index into the model's items, at most {@value #MAX}
     * @param sources bits of the sources that found each
     */
    public static Candidates of(
            RequestContext request, List<CandidateFilter> filters, int[] items, int[] sources) {
        Candidates candidates = new Candidates(List.of(), filters);
        IntPredicate[] passing = candidates.passing(request);
        for (int at = 0; at < items.length; at++) {
            int refusing = refusing(passing, items[at]);
            if (refusing == passing.length) {
                candidates.sources[candidates.kept.orderOrInsert(items[at])] = sources[at];
            } else {
                candidates.removed[refusing]++;
            }
        }
        return candidates;
    }

    /**
     * Returns given items as candidates, whatever filters say, in their order. An item has the
     * sources that find it in their usual lists, else that of the catalogue, which finds every
     * item.
     *
     * @param items distinct, at most {@value #MAX}
     */
    public static Candidates given(
            RequestContext request, List<CandidateSource> sources, int[] items) {
        Candidates candidates = new Candidates(sources, List.of());
        candidates.depth = USUAL_DEPTH;
        for (int item : items) {
            candidates.kept.orderOrInsert(item);
        }
        for (CandidateSource source : sources) {
            for (ItemScores list : source.find(request, USUAL_DEPTH)) {
                candidates.found[source.source().index()] += list.size();
                candidates.mark(list, source.source());
            }
        }
        for (int slot = 0; slot < candidates.size(); slot++) {
            candidates.sources[slot] |=
                    candidates.sources[slot] == 0 ? CatalogueItems.SOURCE.bit() : 0;
        }
        return candidates;
    }

    /** Notes the source at the candidates that its list has. */
    private void mark(ItemScores list, Source source) {
        for (int rank = 0; rank < list.size(); rank++) {
            int slot = kept.order(list.item(rank));
            if (slot >= 0) {
                sources[slot] |= source.bit();
            }
        }
    }

    /**
     * Adds an item that a rule names, if it passes every filter.
     *
     * @return the first filter that refuses it; null where it is a candidate
     */
    public @Nullable CandidateFilter addPinned(RequestContext request, int item) {
        if (kept.order(item) >= 0) {
            return null;
        }
        int refusing = refusing(passing(request), item);
        if (refusing < filters.size()) {
            return filters.get(refusing);
        }
        if (kept.size() < sources.length) {
            kept.orderOrInsert(item);
        }
        return null;
    }

    /**
     * Adds items of the catalogue that match a rule and pass every filter, the newest first, until
     * there are enough candidates that match it. Examines {@value #GREAT_DEPTH} items at most.
     *
     * @param wanted number of candidates that are to match
     */
    public void addMatching(RequestContext request, CompiledFilter rule, int wanted) {
        int missing = wanted;
        for (int slot = 0; slot < kept.size() && missing > 0; slot++) {
            missing -= rule.test(kept.key(slot)) ? 1 : 0;
        }
        IntPredicate[] passing = passing(request);
        int size = request.model().items().size();
        for (int item = size - 1;
                item >= Math.max(0, size - GREAT_DEPTH)
                        && missing > 0
                        && kept.size() < sources.length;
                item--) {
            if (kept.order(item) < 0
                    && rule.test(item)
                    && refusing(passing, item) == passing.length) {
                sources[kept.orderOrInsert(item)] |= CatalogueItems.SOURCE.bit();
                missing--;
            }
        }
    }

    private void round(RequestContext request, int longest, boolean relaxing) {
        depth = longest;
        relaxed = relaxing;
        IntPredicate[] passing = passing(request);
        IntIndex refused = new IntIndex(256);
        Arrays.fill(found, 0);
        Arrays.fill(removed, 0);
        for (CandidateSource source : asked) {
            for (ItemScores list : source.find(request, depth)) {
                found[source.source().index()] += list.size();
                take(list, source.source(), passing, refused);
            }
        }
    }

    /** Returns what passes each filter; everything passes one that is dropped. */
    private IntPredicate[] passing(RequestContext request) {
        IntPredicate[] each = new IntPredicate[filters.size()];
        for (int i = 0; i < each.length; i++) {
            CandidateFilter filter = filters.get(i);
            each[i] = relaxed && filter.isRelaxable() ? item -> true : filter.passing(request);
        }
        return each;
    }

    /** Returns what the sources found in the last round, with ranks: searches once more. */
    public Findings findings(RequestContext request) {
        Findings findings = new Findings(filters, passing(request));
        for (CandidateSource source : asked) {
            source.find(request, depth).forEach(list -> findings.add(source.source(), list));
        }
        return findings;
    }

    private void take(ItemScores list, Source source, IntPredicate[] passing, IntIndex refused) {
        for (int rank = 0; rank < list.size(); rank++) {
            int item = list.item(rank);
            int slot = kept.order(item);
            if (slot < 0 && kept.size() < MAX && refused.order(item) < 0) {
                int refusing = refusing(passing, item);
                if (refusing == passing.length) {
                    slot = kept.orderOrInsert(item);
                } else {
                    refused.orderOrInsert(item);
                    removed[refusing]++;
                }
            }
            if (slot >= 0) {
                sources[slot] |= source.bit();
            }
        }
    }

    /** Returns the position of the first filter that refuses an item, or the number of filters. */
    static int refusing(IntPredicate[] passing, int item) {
        int at = 0;
        while (at < passing.length && passing[at].test(item)) {
            at++;
        }
        return at;
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

    /**
     * Returns the length of the lists of each source in the last round, by wire name; without
     * sources that found nothing. An item counts once for each list that has it.
     */
    public Map<String, Integer> found() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        asked.forEach(source -> put(counts, source, found[source.source().index()]));
        return counts;
    }

    /** Returns the number of candidates that each source found, by wire name, without zeros. */
    public Map<String, Integer> kept() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (CandidateSource source : asked) {
            int bit = source.source().bit();
            int count = 0;
            for (int slot = 0; slot < size(); slot++) {
                count += (sources[slot] & bit) == 0 ? 0 : 1;
            }
            put(counts, source, count);
        }
        return counts;
    }

    private static void put(Map<String, Integer> counts, CandidateSource source, int count) {
        if (count > 0) {
            counts.put(source.source().wireName(), count);
        }
    }

    /**
     * Returns the number of distinct items that each filter was the first to refuse in the last
     * round, by wire name, without zeros.
     */
    public Map<String, Integer> removed() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < removed.length; i++) {
            if (removed[i] > 0) {
                counts.put(filters.get(i).wireName(), removed[i]);
            }
        }
        return counts;
    }
}
