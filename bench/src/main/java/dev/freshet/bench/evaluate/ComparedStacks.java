package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Report.Entry;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Stacks that are replayed beside that of the blend, step by step in the same thread: at which
 * share of lists what a stack leaves out tells items apart, and the processor time of a list and of
 * all learning. Filled by one thread.
 *
 * <p>Processor time is that of the thread alone, without compilation and garbage collection, which
 * other threads do.
 */
final class ComparedStacks {
    /** Number of items, from the best, among which a signal has to differ. */
    private static final int LOOKED_AT = 100;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final SequencedMap<String, ReplaySettings> settings;
    private final Map<String, Integer> told = new HashMap<>();
    private final Map<String, long[]> nanos = new HashMap<>();
    private int lists;

    /**
     * Creates a table without figures.
     *
     * @param settings settings of the stacks by their names in the report
     */
    ComparedStacks(SequencedMap<String, ReplaySettings> settings) {
        this.settings = settings;
    }

    SequencedMap<String, ReplaySettings> settings() {
        return settings;
    }

    /**
     * Counts a list of the blend.
     *
     * @param ranked its items, best first
     */
    void count(RequestContext request, ItemScores ranked) {
        lists++;
        if (settings.isEmpty()) {
            return;
        }
        boolean[] differs = new boolean[SignalFamilies.COUNT];
        float[] first = ranked.size() == 0 ? new float[0] : request.signals().kept(ranked.item(0));
        for (int rank = 1; rank < Math.min(ranked.size(), LOOKED_AT); rank++) {
            float[] other = request.signals().kept(ranked.item(rank));
            for (int at = 0; at < differs.length; at++) {
                differs[at] |= other[at] != first[at];
            }
        }
        settings.forEach(
                (name, stack) -> {
                    if (SignalFamilies.SIGNALS.stream()
                            .anyMatch(signal -> differs[signal.at()] && isLeftOut(signal, stack))) {
                        told.merge(name, 1, Integer::sum);
                    }
                });
    }

    private static boolean isLeftOut(Signal signal, ReplaySettings stack) {
        Set<String> leftOut = stack.model().leftOut();
        return leftOut.contains(signal.name()) || leftOut.contains(signal.source().wireName());
    }

    /** Adds the processor time of a replay of the blend, or of the stack of this name. */
    void spent(String name, ProductMethod product) {
        long[] own = nanos.computeIfAbsent(name, stack -> new long[2]);
        own[0] += product.rankingNanos();
        own[1] += product.learningNanos();
    }

    /** Adds the columns, and the figures to the entries of the blend and the stacks. */
    void addTo(List<Entry> entries, SequencedMap<String, String> columns) {
        if (settings.isEmpty()) {
            return;
        }
        columns.put("told", "told");
        columns.put("millisPerList", "ms a list");
        columns.put("secondsOfLearning", "learning s");
        double all = Math.max(1, lists);
        for (Entry entry : entries) {
            long[] own = nanos.getOrDefault(entry.name(), new long[0]);
            if (own.length > 0) {
                entry.figures().put("told", told.getOrDefault(entry.name(), 0) / all);
                entry.figures().put("millisPerList", own[0] / NANOS_PER_MILLI / all);
                entry.figures().put("secondsOfLearning", own[1] / NANOS_PER_SECOND);
            }
        }
    }
}
