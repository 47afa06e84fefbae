package dev.freshet.ranking;

import dev.freshet.candidate.RequestContext;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.signal.Attributors;
import dev.freshet.model.signal.Attributors.Attribution.Moved;
import dev.freshet.model.signal.ReasonMessage;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.SimilarItems;
import dev.freshet.model.signal.Source;
import dev.freshet.ranking.RankedList.Ranked;
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
    private final RankedCandidates blended;
    private final float likenessWeight;
    private final int[] items;
    private final Attributors attributors;
    private final ReasonText wording;

    /**
     * Creates an explanation of some items.
     *
     * @param items that will be asked about, at most 100
     */
    Explanation(RequestContext request, RankedCandidates blended, Blend blend, int[] items) {
        this.request = request;
        this.blended = blended;
        this.likenessWeight = blend.likenessWeight();
        this.items = items.clone();
        attributors = request.signals().attributors(request.actions(), this.items);
        wording = new ReasonText(request);
    }

    /**
     * Returns a place with its reasons.
     *
     * @param at position of its item among the items, from 0
     * @param place without reasons
     * @param scored whether signals ranked it; if not, the first source that found it is its reason
     */
    Ranked explained(int at, Ranked place, boolean scored) {
        return switch (place.kind()) {
            case PINNED, PROMOTED -> with(place, List.of(given(place.kind())), List.of());
            case CHOSEN, DRAWN, NEWCOMER ->
                    scored ? byScore(at, place) : with(place, List.of(plain(items[at])), List.of());
        };
    }

    private static Ranked with(Ranked place, List<Reason> reasons, List<Moved> movedBy) {
        return new Ranked(
                place.item(),
                place.score(),
                place.position(),
                place.logRatios(),
                place.sources(),
                reasons,
                movedBy);
    }

    private Ranked byScore(int at, Ranked place) {
        int item = items[at];
        SourceShares shares = SourceShares.of(request, blended, item, likenessWeight);
        float[] weights = blended.weights().of(request, item);
        Attributors.Attribution attribution =
                attributors.of(at, weights, action -> likeness(action, item));
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
        boolean personal = reasons.stream().anyMatch(reason -> isOwn(reason, attribution));
        return with(place, reasons, personal ? attribution.most(MAX_EVENTS) : List.of());
    }

    /**
     * Returns whether the user's own actions are behind a reason. Of an item whose reasons are all
     * of other kinds they raise the score no more than that of the mean candidate, so that none of
     * them is why it is in the list.
     */
    private static boolean isOwn(Reason reason, Attributors.Attribution attribution) {
        return reason.source().equals(SimilarItems.SOURCE) || attribution.moves(reason.source());
    }

    /** Returns the first of the sources that found an item as its reason. */
    private Reason plain(int item) {
        Source source = SignalFamilies.source(Integer.numberOfTrailingZeros(blended.sources(item)));
        return wording.plain(source, item);
    }

    /** Returns the reason of an item to which a rule of the site gave its place. */
    private static Reason given(Exploration.Kind kind) {
        return Reason.plain(
                Reason.RULE,
                1,
                0,
                ReasonMessage.of(kind == Exploration.Kind.PINNED ? "pinned" : "promoted"));
    }

    /** Returns what looking at an item adds to the score of another one, in log odds. */
    private double likeness(UserAction action, int item) {
        return wording.isLook(action) ? likenessWeight * blended.likeness().get(item) : 0;
    }
}
