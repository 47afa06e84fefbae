package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.signal.Attribution;
import dev.freshet.model.signal.Attributors;
import dev.freshet.model.signal.ReasonMessage;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Explains the items of an answer: the share of each source in the score ({@link SourceShares}),
 * each with a sentence, and the effect of the user's own events ({@link Attributors}, which states
 * the cost).
 */
public final class Explanation {
    /** Most events that are reported for an item. */
    public static final int MAX_EVENTS = 3;

    private final RequestContext request;
    private final BlendedScores blended;
    private final Candidates candidates;
    private final float likenessWeight;
    private final int[] items;
    private final Attributors attributors;
    private final ReasonText wording;

    /**
     * The explanation of one item.
     *
     * @param reasons largest share first; at least one
     * @param movedBy the user's events with the largest effect, largest first, at most {@value
     *     #MAX_EVENTS}
     */
    public record Explained(List<Reason> reasons, List<EventAttribution> movedBy) {}

    /**
     * Creates an explanation of some items.
     *
     * @param items that will be asked about, at most 100
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
     * @param at position among the items, from 0
     */
    public Explained of(int at) {
        int item = items[at];
        SourceShares shares = SourceShares.of(request, blended, candidates, item, likenessWeight);
        float[] weights = blended.weights().of(request, item);
        Attribution attribution = attributors.of(at, weights, action -> likeness(action, item));
        List<Reason> reasons = new ArrayList<>();
        for (int index = 0; index < shares.shares().length; index++) {
            if (shares.shares()[index] > 0) {
                Source source = SignalFamilies.source(index);
                reasons.add(
                        wording.reason(
                                source,
                                shares.shares()[index],
                                Math.max(0, shares.contributions()[index]),
                                item,
                                attribution));
            }
        }
        reasons.sort(Comparator.comparingDouble(Reason::share).reversed());
        return new Explained(
                reasons, attribution.most(MAX_EVENTS).stream().map(EventAttribution::of).toList());
    }

    /**
     * Explains one item by the first of the sources that found it.
     *
     * @param at position among the items, from 0
     */
    Explained plain(int at) {
        int found = candidates.sources(candidates.slot(items[at]));
        Source source = SignalFamilies.source(Integer.numberOfTrailingZeros(found));
        return new Explained(List.of(wording.plain(source, items[at])), List.of());
    }

    /** Explains an item to which a rule of the site gave its place: that alone is the reason. */
    static Explained given(Exploration.Kind kind) {
        return new Explained(
                List.of(
                        Reason.plain(
                                Reason.RULE,
                                1,
                                0,
                                ReasonMessage.of(
                                        kind == Exploration.Kind.PINNED ? "pinned" : "promoted"))),
                List.of());
    }

    /** Returns what looking at an item adds to the score of another one, in log odds. */
    private double likeness(UserAction action, int item) {
        return wording.isLook(action) ? likenessWeight * blended.likeness().get(item) : 0;
    }
}
