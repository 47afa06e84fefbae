package dev.freshet.ranking;

import dev.freshet.query.ListRules.Limit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Given items in the order for a user.
 *
 * @param list with its reasons
 * @param held what limits and the least score hold back; it is in the list unless it was to be
 *     dropped
 */
public record GivenList(RankedList list, List<HeldBack> held) {
    /**
     * An item that a list of recommendations under the same rules would not have.
     *
     * @param limit the limit that the items above it have reached; null where its chance is below
     *     the least one
     */
    public record HeldBack(int item, @Nullable Limit limit) {}

    public GivenList {
        held = List.copyOf(held);
    }
}
