package dev.freshet.candidate;

import dev.freshet.model.rows.IntIndex;
import dev.freshet.profile.UserProfile.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntPredicate;

/**
 * The frequency cap: withholds an item that was shown {@value #MAX_SHOWS} times or more without an
 * interaction, for a day after it was last shown; from then on it is shown once a day. Dropped
 * where otherwise fewer items than requested would be found.
 */
public final class ShownFilter implements CandidateFilter {
    public static final int MAX_SHOWS = 4;
    public static final Duration REST = Duration.ofHours(24);

    @Override
    public String wireName() {
        return "shown";
    }

    @Override
    public String refusal() {
        return "it was shown " + MAX_SHOWS + " times or more without an interaction, and rests";
    }

    @Override
    public IntPredicate passing(RequestContext request) {
        IntIndex capped = new IntIndex(16);
        Instant restedBefore = request.now().minus(REST);
        request.profile()
                .shown()
                .forEach(
                        (itemId, shown) -> {
                            int item = request.model().items().index(itemId);
                            if (item >= 0
                                    && tooOften(shown, restedBefore)
                                    && request.seen().last(item) == SeenItems.NEVER) {
                                capped.orderOrInsert(item);
                            }
                        });
        return capped.size() == 0 ? item -> true : item -> capped.order(item) < 0;
    }

    private static boolean tooOften(Shown shown, Instant restedBefore) {
        return shown.count() >= MAX_SHOWS && shown.last().isAfter(restedBefore);
    }

    @Override
    public boolean yields() {
        return true;
    }
}
