package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.signal.Attribution;
import dev.freshet.model.signal.Attributors;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;
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

    private final RequestContext request;
    private final BlendedScores blended;
    private final Candidates candidates;
    private final float likenessWeight;
    private final int[] items;
    private final Attributors attributors;
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
            RequestContext request,
            BlendedScores blended,
            Candidates candidates,
            Blend blend,
            int[] items) {
        this.request = request;
        this.blended = blended;
        this.candidates = candidates;
        this.likenessWeight = blend.likenessWeight();
        this.items = items.clone();
        attributors = request.signals().attributors(request.actions(), this.items);
        wording = new ReasonText(request);
    }

    /**
     * Explains one item.
     *
     * @param at which of the items, from 0
     */
    public Told of(int at) {
        int item = items[at];
        SourceShares told = SourceShares.of(request, blended, candidates, item, likenessWeight);
        float[] weights = blended.weights().of(request, item);
        Attribution attribution = attributors.of(at, weights, action -> likeness(action, item));
        List<Reason> reasons = new ArrayList<>();
        for (int index = 0; index < told.shares().length; index++) {
            if (told.shares()[index] > 0) {
                Source source = SignalFamilies.source(index);
                reasons.add(
                        wording.reason(
                                source,
                                told.shares()[index],
                                Math.max(0, told.contributions()[index]),
                                item,
                                attribution));
            }
        }
        reasons.sort(Comparator.comparingDouble(Reason::share).reversed());
        return new Told(
                reasons, attribution.most(MOST_EVENTS).stream().map(EventAttribution::of).toList());
    }

    /** What looking at an item now adds to what is like it. */
    private double likeness(UserAction action, int item) {
        return wording.isLook(action) ? likenessWeight * blended.likeness().get(item) : 0;
    }
}
