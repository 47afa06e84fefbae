package dev.freshet.model.basket;

import dev.freshet.model.part.CountedEvent;
import java.util.List;

/**
 * What a change of one user's basket changes in the sums over all users; nothing as long as the
 * user does not count for others.
 *
 * @param opinions changes of ratings and likes
 * @param added events to count for popularity
 * @param removed events to subtract from popularity
 * @param unlearned items of whose vectors one interaction's share is to be reverted, once {@code
 *     removed} is subtracted
 * @param dropped events to subtract after that, because no interaction with their item remains
 */
public record BasketChange(
        List<Opinion> opinions,
        List<CountedEvent> added,
        List<CountedEvent> removed,
        List<Integer> unlearned,
        List<CountedEvent> dropped) {
    public BasketChange {
        opinions = List.copyOf(opinions);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        unlearned = List.copyOf(unlearned);
        dropped = List.copyOf(dropped);
    }

    /**
     * The change of a user's opinion of an item.
     *
     * @param before rating until now in half stars, 0 to {@value
     *     dev.freshet.model.history.BasketEntries#MAX_HALF_STARS}, where 0 is none
     * @param after rating from now on
     * @param likes +1 for a user who likes the item from now on, −1 for one who no longer does,
     *     else 0
     */
    public record Opinion(int item, int before, int after, int likes) {}
}
