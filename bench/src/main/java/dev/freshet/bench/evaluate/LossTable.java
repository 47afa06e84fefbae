package dev.freshet.bench.evaluate;

import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.Findings;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.ranking.RankedCandidates;
import dev.freshet.ranking.Strategy;
import dev.freshet.recommend.OfflineLists;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the blend loses the items that people chose: at which stage of the read flow each of them
 * was lost, and by which signals the items in the list outranked it. Filled by one thread.
 *
 * <p>A moment costs a ranking more, and one whose item is no candidate a search of all sources.
 */
final class LossTable {
    private static final int NEAR = 100;

    /** What became of the item that was chosen. */
    enum Fate {
        /** Nobody had interacted with it. */
        NEVER_SEEN("never seen"),
        /** No source found it, or there were more candidates than are scored. */
        NOT_A_CANDIDATE("not a candidate"),
        /** A source found it, and a filter refused it. */
        FILTERED("filtered"),
        /** Ranked beyond the hundredth. */
        BEYOND("ranked beyond 100"),
        /** Ranked 11th to 100th. */
        NEAR_MISS("ranked 11 to 100"),
        /** Among the first ten. */
        LISTED("ranked 1 to 10");

        private final String text;

        Fate(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * By how much a signal put the listed items before the chosen one.
     *
     * @param lead mean over the moments of the class, in log odds: the mean contribution of the
     *     signal to the scores of the first ten less that to the score of the chosen item
     */
    record SignalLead(String signal, String source, double lead) {}

    private final Strategy strategy;
    private final Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
    private final Map<Fate, double[]> leads = new EnumMap<>(Fate.class);
    private final Map<String, Integer> filters = new TreeMap<>();
    private int moments;

    /**
     * Creates an empty table.
     *
     * @param strategy strategy of the blend
     */
    LossTable(Strategy strategy) {
        this.strategy = strategy;
        for (Fate fate : Fate.values()) {
            counts.put(fate, 0);
            leads.put(fate, new double[SignalFamilies.COUNT]);
        }
    }

    /** Counts a moment whose item nobody had interacted with. */
    void countNeverSeen() {
        count(Fate.NEVER_SEEN);
    }

    private void count(Fate fate) {
        counts.merge(fate, 1, Integer::sum);
        moments++;
    }

    /**
     * Counts a moment.
     *
     * @param chosen the item that was chosen, which is known
     * @param id its id
     */
    void count(
            RequestContext request, TraceReplay replay, Eligible eligible, int chosen, String id) {
        RankedCandidates all = OfflineLists.rankedCandidates(request, strategy, Prequential.DEPTH);
        ItemScores ranked = all.ranked();
        int[] listed = new int[Prequential.DEPTH];
        int before = 0;
        for (int rank = 0; rank < ranked.size(); rank++) {
            int number = replay.number(ranked.item(rank));
            if (number == chosen) {
                place(request, all, listed, before, ranked.item(rank));
                return;
            }
            if (eligible.has(number)) {
                if (before < listed.length) {
                    listed[before] = ranked.item(rank);
                }
                before++;
            }
        }
        int item = replay.model().items().index(id);
        Findings findings = all.candidates().findings(request);
        CandidateFilter refusing =
                item < 0 || findings.of(item).isEmpty() ? null : findings.refusing(item);
        if (refusing != null) {
            filters.merge(refusing.wireName(), 1, Integer::sum);
        }
        count(refusing == null ? Fate.NOT_A_CANDIDATE : Fate.FILTERED);
    }

    private void place(
            RequestContext request,
            RankedCandidates blended,
            int[] listed,
            int before,
            int chosen) {
        Fate fate =
                before < Prequential.DEPTH
                        ? Fate.LISTED
                        : before < NEAR ? Fate.NEAR_MISS : Fate.BEYOND;
        count(fate);
        if (fate == Fate.LISTED) {
            return;
        }
        double[] sums = leads.getOrDefault(fate, new double[0]);
        add(sums, request, blended, chosen, -1);
        for (int item : listed) {
            add(sums, request, blended, item, 1.0 / listed.length);
        }
    }

    private static void add(
            double[] sums,
            RequestContext request,
            RankedCandidates blended,
            int item,
            double times) {
        float[] weights = blended.weights().of(request, item);
        float[] signals = request.signals().of(item);
        for (int at = 0; at < sums.length; at++) {
            sums[at] += times * weights[at] * (signals[at] - blended.usual()[at]);
        }
    }

    /** Returns the number of moments counted. */
    int moments() {
        return moments;
    }

    int moments(Fate fate) {
        return counts.getOrDefault(fate, 0);
    }

    /** Returns the share of the moments with a fate. */
    double share(Fate fate) {
        return counts.getOrDefault(fate, 0) / (double) Math.max(1, moments);
    }

    /**
     * Returns the recall, which is also the MRR, of a list that puts the chosen item first wherever
     * it is among the first so many candidates: no other order of these candidates has more.
     *
     * @param first all, or the hundred that rank first
     */
    double oracle(Fate... first) {
        return Arrays.stream(first).mapToDouble(this::share).sum();
    }

    /** Returns the number of chosen items that each filter refused, by its name. */
    Map<String, Integer> filters() {
        return filters;
    }

    /** Returns the signals by how much they put the listed items before the chosen ones. */
    List<SignalLead> leads(Fate fate) {
        double[] sums = leads.getOrDefault(fate, new double[SignalFamilies.COUNT]);
        int count = Math.max(1, counts.getOrDefault(fate, 0));
        return SignalFamilies.SIGNALS.stream()
                .map(
                        (Signal signal) ->
                                new SignalLead(
                                        signal.name(),
                                        signal.source().wireName(),
                                        sums[signal.at()] / count))
                .sorted(Comparator.comparingDouble(SignalLead::lead).reversed())
                .toList();
    }
}
