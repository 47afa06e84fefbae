package dev.freshet.candidate;

import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.model.item.ItemTable;
import java.util.function.IntPredicate;

/**
 * Passes what the reader has not met, or may meet again: by each item's own repeat rule, unless the
 * request says never or always. The item being looked at never passes. Judges by the rows read, so
 * an item met longer ago than those is new again.
 */
public final class SeenFilter implements CandidateFilter {
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
                        case BY_ITEM -> mayRepeat(items.item(item).repeat(), now - last);
                    };
        };
    }

    private static boolean mayRepeat(RepeatRule rule, long secondsSince) {
        return switch (rule) {
            case RepeatRule.Never never -> false;
            case RepeatRule.Always always -> true;
            case RepeatRule.After after -> secondsSince >= after.pause().toSeconds();
        };
    }
}
