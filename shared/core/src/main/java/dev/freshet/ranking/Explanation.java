package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.Source;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.signal.Attribution;
import dev.freshet.model.signal.Attributors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tells why items stand where they stand: which source gave how much ({@link SourceShares}), each
 * with a sentence, and which of the reader's own events moved them ({@link Attributors}). Only for
 * the items that are answered with; for cost see there.
 */
public final class Explanation {
    /** Events named as having moved an item. */
    public static final int MOST_EVENTS = 3;

    private final RequestContext visit;
    private final BlendedScores blended;
    private final Candidates candidates;
    private final float likenessWeight;
    private final int[] items;
    private final Attributors movers;
    private final ReasonText wording;

    /**
     * What is told of one item.
     *
     * @param reasons largest share first; at least one
     * @param movedBy the reader's events that moved it most, the most first, ≤ {@value
     *     #MOST_EVENTS}
     */
    public record Told(List<Reason> reasons, List<EventAttribution> movedBy) {}

    /**
     * Prepares to explain.
     *
     * @param items that will be asked about, ≤ 100
     */
    public Explanation(
            RequestContext visit,
            BlendedScores blended,
            Candidates candidates,
            Blend blend,
            int[] items) {
        this.visit = visit;
        this.blended = blended;
        this.candidates = candidates;
        this.likenessWeight = blend.likenessWeight();
        this.items = items.clone();
        movers = visit.signals().movers(visit.acts(), this.items);
        wording = new ReasonText(visit);
    }

    /**
     * Explains one item.
     *
     * @param at which of the items, from 0
     */
    public Told of(int at) {
        int item = items[at];
        SourceShares told = SourceShares.of(visit, blended, candidates, item, likenessWeight);
        float[] weights = blended.weights().of(visit, item);
        Attribution movement = movers.of(at, weights, act -> likeness(act, item));
        List<Reason> reasons = new ArrayList<>();
        for (int index = 0; index < told.shares().length; index++) {
            if (told.shares()[index] > 0) {
                Source source = Source.of(index);
                reasons.add(
                        wording.reason(
                                source,
                                told.shares()[index],
                                Math.max(0, told.contributions()[index]),
                                item,
                                movement));
            }
        }
        reasons.sort(Comparator.comparingDouble(Reason::share).reversed());
        return new Told(
                reasons, movement.most(MOST_EVENTS).stream().map(EventAttribution::of).toList());
    }

    /** What looking at an item now adds to what is like it. */
    private double likeness(UserAction act, int item) {
        return wording.isLook(act) ? likenessWeight * blended.likeness().get(item) : 0;
    }
}
