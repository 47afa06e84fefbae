package dev.freshet.candidate;

import dev.freshet.model.rows.IntIndex;
import java.util.function.IntPredicate;

/**
 * Withholds items that rest under the frequency cap: shown too often without an interaction.
 * Dropped where otherwise fewer items than requested would be found.
 */
public final class ShownFilter implements CandidateFilter {
    private final FrequencyCap cap;

    public ShownFilter(FrequencyCap cap) {
        this.cap = cap;
    }

    @Override
    public String wireName() {
        return "shown";
    }

    @Override
    public String refusal() {
        return "it was shown "
                + cap.shows()
                + " times or more without an interaction, and rests until "
                + cap.rest().toHours()
                + " hours after the last time";
    }

    @Override
    public IntPredicate passing(RequestContext request) {
        IntIndex capped = new IntIndex(16);
        if (!cap.isOff()) {
            request.profile()
                    .shown()
                    .forEach(
                            (itemId, shown) -> {
                                int item = request.model().items().index(itemId);
                                if (item >= 0
                                        && cap.holdsBack(shown.count(), shown.last(), request.now())
                                        && request.seen().last(item) == SeenItems.NEVER) {
                                    capped.orderOrInsert(item);
                                }
                            });
        }
        return capped.size() == 0 ? item -> true : item -> capped.order(item) < 0;
    }

    @Override
    public boolean isRelaxable() {
        return true;
    }
}
