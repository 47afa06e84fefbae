package dev.freshet.candidate;

import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.model.item.ItemTable;
import java.util.function.IntPredicate;

/**
 * Passes items that the user has not interacted with, or may see again: by the repeat rule of each
 * item, unless the request says never, always or learned. The item being looked at never passes.
 * Only the rows that were read count, so an item of an older interaction is new again.
 */
public final class SeenFilter implements CandidateFilter {
    @Override
    public String wireName() {
        return "seen";
    }

    @Override
    public String refusal() {
        return "the user interacted with it or is looking at it, and it may not be repeated yet";
    }

    @Override
    public IntPredicate passing(RequestContext request) {
        ItemTable items = request.model().items();
        long now = request.now().getEpochSecond();
        return item -> {
            if (item == request.lookedAt()) {
                return false;
            }
            long last = request.seen().last(item);
            return last == SeenItems.NEVER
                    || switch (request.repeats()) {
                        case ALWAYS -> true;
                        case NEVER -> false;
                        case LEARNED -> request.signals().repeatWorth(item) >= 0;
                        case BY_ITEM ->
                                mayRepeat(request, item, items.item(item).repeat(), now - last);
                    };
        };
    }

    private static boolean mayRepeat(
            RequestContext request, int item, RepeatRule rule, long secondsSince) {
        return switch (rule) {
            case RepeatRule.Never never -> false;
            case RepeatRule.Always always -> true;
            case RepeatRule.Learned learned -> request.signals().repeatWorth(item) >= 0;
            case RepeatRule.After after -> secondsSince >= after.pause().toSeconds();
        };
    }
}
