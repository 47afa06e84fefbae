package dev.freshet.model.rating;

import dev.freshet.features.History;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.settings.ModelSettings;

/**
 * A user's ratings, the latest for each item.
 *
 * @param items item indexes, the latest rating last, ≤ {@link ModelSettings#BASKET_ENTRIES}
 * @param stars parallel to {@code items}, 0.5 to 5
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; never modified
public record RatedItems(int[] items, double[] stars) {
    /** The ratings of a user who has rated nothing. */
    public static final RatedItems NOTHING = new RatedItems(new int[0], new double[0]);

    public RatedItems {
        if (items.length != stars.length) {
            throw new IllegalArgumentException(
                    "there are " + items.length + " items, but " + stars.length + " ratings");
        }
    }

    /** Returns the latest ratings in a user's history; items unknown to the model are left out. */
    public static RatedItems of(ItemTable items, History history) {
        IntIndex found = new IntIndex(64);
        double[] newestFirst = new double[ModelSettings.BASKET_ENTRIES];
        for (History.Entry action : history.entries()) {
            int item =
                    action.stars() > 0 && action.target().isItem()
                            ? items.index(action.target().id())
                            : -1;
            if (item >= 0 && found.order(item) < 0 && found.size() < newestFirst.length) {
                newestFirst[found.orderOrInsert(item)] = action.stars();
            }
        }
        RatedItems rated = new RatedItems(new int[found.size()], new double[found.size()]);
        for (int at = 0; at < rated.size(); at++) {
            rated.items[at] = found.key(rated.size() - 1 - at);
            rated.stars[at] = newestFirst[rated.size() - 1 - at];
        }
        return rated;
    }

    /** Returns the ratings in a user's basket. */
    public static RatedItems of(int[] basket) {
        int size = 0;
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            size += BasketEntries.halfStars(basket, at) > 0 ? 1 : 0;
        }
        RatedItems rated = new RatedItems(new int[size], new double[size]);
        int next = 0;
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            if (BasketEntries.halfStars(basket, at) > 0) {
                rated.items[next] = BasketEntries.item(basket, at);
                rated.stars[next++] = BasketEntries.halfStars(basket, at) / 2.0;
            }
        }
        return rated;
    }

    /** Returns the number of rated items. */
    public int size() {
        return items.length;
    }
}
