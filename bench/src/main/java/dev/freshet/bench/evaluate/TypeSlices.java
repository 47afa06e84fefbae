package dev.freshet.bench.evaluate;

import dev.freshet.event.EventType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Figures by type of event: over the first interactions with items with which the person did
 * something of the type, then or later. What is bought was mostly looked at first, so that this
 * tells how often a list held what its user would come to buy.
 *
 * @param types types with enough moments, and not with nearly all of them
 */
record TypeSlices(List<EventType> types) {
    /** The least number of moments of a type that has figures. */
    static final int LEAST = 50;

    /** The largest part of all moments at which figures of a type differ from those of all. */
    private static final double MOST = 0.95;

    static TypeSlices of(Moments moments) {
        return new TypeSlices(
                Arrays.stream(EventType.values())
                        .filter(
                                type -> {
                                    int count = count(moments, type);
                                    return count >= LEAST && count <= MOST * moments.size();
                                })
                        .toList());
    }

    static int count(Moments moments, EventType type) {
        int count = 0;
        for (int at = 0; at < moments.size(); at++) {
            count += moments.has(at, type) ? 1 : 0;
        }
        return count;
    }

    /** Returns the numbers of moments by the name of the type. */
    SequencedMap<String, Integer> counts(Moments moments) {
        SequencedMap<String, Integer> counts = new LinkedHashMap<>();
        types.forEach(type -> counts.put(type.wireName(), count(moments, type)));
        return counts;
    }

    static String recall(EventType type) {
        return type.wireName() + "Recall@10";
    }

    static String mrr(EventType type) {
        return type.wireName() + "Mrr@10";
    }

    /** Adds the figures of one board. */
    void addTo(SequencedMap<String, Double> figures, Scoreboard scores, Moments moments) {
        for (EventType type : types) {
            Figures some = Figures.of(scores, moments, at -> moments.has(at, type));
            figures.put(recall(type), some.recall());
            figures.put(mrr(type), some.mrr());
        }
    }

    /** Adds the measures of one board, for intervals. */
    void addTo(List<Measure> measures, Scoreboard scores, Moments moments, int people) {
        for (EventType type : types) {
            double[] counts = new double[people];
            double[] hits = new double[people];
            double[] reciprocals = new double[people];
            for (int at = 0; at < moments.size(); at++) {
                if (moments.has(at, type)) {
                    int person = moments.person()[at];
                    counts[person]++;
                    hits[person] += scores.hit(at, Prequential.DEPTH) ? 1 : 0;
                    reciprocals[person] += scores.reciprocal(at, Prequential.DEPTH);
                }
            }
            measures.add(new Measure(recall(type), Measure.Sense.GAIN, hits, counts));
            measures.add(new Measure(mrr(type), Measure.Sense.GAIN, reciprocals, counts));
        }
    }
}
