package dev.freshet.model.rating;

import dev.freshet.catalog.Item;
import dev.freshet.features.History;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.settings.ModelSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The predictor of ratings. A prediction is the mean of all ratings plus a weighted sum of six
 * inputs, whose weights are learned online ({@link LeastSquares}): a constant, the item's bias, the
 * user's bias, the user's ratings of items with the same tags or author, the user's ratings of
 * similar items, and the user's latest ratings.
 *
 * <p>Similar items are those of item-based collaborative filtering (Sarwar et al. 2001). The
 * similarities are computed at query time from the baskets of the ≤ 200 latest raters instead of a
 * table of pairs: an update costs nothing, and erasing a user also erases the user's influence.
 * Reads ≤ 200 × 200 entries.
 */
public final class Ratings {
    /** The lowest rating, in stars. */
    public static final double LEAST = 0.5;

    /** The highest rating, in stars. */
    public static final double MOST = 5;

    /** The initial weights of {@link #inputs}. */
    public static final LeastSquares START = LeastSquares.startingAt(0, 1, 1, 1, 2, 0.5);

    /** The number of ratings equal to the expected ones that each user starts with. */
    private static final double USER_TRUST = 10;

    /** The number of ratings equal to the expected ones that each tag starts with. */
    private static final double TAG_TRUST = 5;

    /** The number of common raters at which a similarity is weighted by half. */
    private static final double HALF_CONFIDENCE = 50;

    /** The sum of squared similarities at which the mean over similar items is weighted by half. */
    private static final double NEIGHBOUR_TRUST = 0.5;

    private static final int LATEST_RATINGS = 10;
    private static final double LATEST_TRUST = 5;

    private final ItemTable items;
    private final Baskets baskets;
    private final RatingCounts counts;
    private final LeastSquares stack;
    private final double mean;

    /**
     * Creates a predictor.
     *
     * @param stack the learned weights of {@link #inputs}
     */
    public Ratings(ItemTable items, Baskets baskets, RatingCounts counts, LeastSquares stack) {
        this.items = items;
        this.baskets = baskets;
        this.counts = counts;
        this.stack = stack;
        mean = counts.mean();
    }

    /**
     * Returns the expected rating of an item by a user.
     *
     * @param ratings the user's ratings so far
     * @param item index, or −1 for an item unknown to the model
     * @return stars, {@value #LEAST} to {@value #MOST}
     */
    public double predict(RatedItems ratings, int item) {
        double expected = mean + stack.of(inputs(ratings, item));
        return Math.clamp(expected, LEAST, MOST);
    }

    /** Returns the number of ratings, retracted ones excluded. */
    public long count() {
        return counts.count();
    }

    /** Returns the mean of all ratings, in stars. */
    public double mean() {
        return mean;
    }

    /**
     * Returns the inputs of a prediction, in stars above the mean, in this order: 1; the item's
     * bias; the user's bias; the user's ratings by the item's tags and author; the user's ratings
     * of similar items; the user's latest ratings. All but the first are shrunk towards 0.
     */
    public double[] inputs(RatedItems ratings, int item) {
        double[] biases = new double[ratings.size()];
        double[] above = new double[ratings.size()];
        double sum = 0;
        for (int at = 0; at < above.length; at++) {
            biases[at] = counts.bias(ratings.items()[at], mean);
            above[at] = ratings.stars()[at] - mean - biases[at];
            sum += above[at];
        }
        double own = sum / (above.length + USER_TRUST);
        for (int at = 0; at < above.length; at++) {
            above[at] -= own;
        }
        return item < 0
                ? new double[] {1, 0, own, 0, 0, latestRatings(above)}
                : new double[] {
                    1,
                    counts.bias(item, mean),
                    own,
                    labels(ratings, above, item),
                    neighbours(ratings, biases, above, item),
                    latestRatings(above)
                };
    }

    private static double latestRatings(double[] above) {
        int latest = Math.min(LATEST_RATINGS, above.length);
        double sum = 0;
        for (int at = above.length - latest; at < above.length; at++) {
            sum += above[at];
        }
        return sum / (latest + LATEST_TRUST);
    }

    /**
     * Returns the mean, over the item's tags and its author, of the user's ratings of items with
     * that label.
     */
    private double labels(RatedItems ratings, double[] above, int item) {
        Labels labels = new Labels(items.item(item));
        for (int at = 0; at < above.length && labels.size() > 0; at++) {
            labels.add(items.item(ratings.items()[at]), above[at]);
        }
        return labels.mean(TAG_TRUST);
    }

    private double neighbours(RatedItems ratings, double[] biases, double[] above, int item) {
        IntIndex own = IntIndex.of(ratings.items());
        double[] products = new double[above.length];
        double[] ofItem = new double[above.length];
        double[] ofOwn = new double[above.length];
        int[] common = new int[above.length];
        double expected = mean + counts.bias(item, mean);
        for (int slot : above.length == 0 ? BasketEntries.NONE : baskets.raters(item)) {
            int[] basket = baskets.basket(slot);
            int where = BasketEntries.find(basket, item);
            if (where < 0) {
                continue;
            }
            double itemDeviation = BasketEntries.halfStars(basket, where) / 2.0 - expected;
            for (int at = 0; at < BasketEntries.size(basket); at++) {
                int order = own.order(BasketEntries.item(basket, at));
                int half = BasketEntries.halfStars(basket, at);
                if (order >= 0 && half > 0 && at != where) {
                    double other = half / 2.0 - mean - biases[order];
                    products[order] += itemDeviation * other;
                    ofItem[order] += itemDeviation * itemDeviation;
                    ofOwn[order] += other * other;
                    common[order]++;
                }
            }
        }
        double sum = 0;
        double weights = NEIGHBOUR_TRUST;
        for (int order = 0; order < above.length; order++) {
            if (products[order] > 0) {
                double confidence = common[order] / (common[order] + HALF_CONFIDENCE);
                double similar =
                        products[order] * confidence / Math.sqrt(ofItem[order] * ofOwn[order]);
                sum += similar * similar * above[order];
                weights += similar * similar;
            }
        }
        return sum / weights;
    }

    /**
     * A user's ratings of the labels of one item: of its tags and its author, from the user's
     * ratings of other items with the same labels.
     */
    public static final class Labels {
        private final List<String> tags;
        private final @Nullable String author;
        private final double[] sums;
        private final double[] weights;

        /** Creates empty ratings of an item's labels. */
        public Labels(Item item) {
            tags = new ArrayList<>(item.tags());
            author = item.author();
            sums = new double[size()];
            weights = new double[size()];
        }

        /** Returns the number of labels. */
        public int size() {
            return tags.size() + (author == null ? 0 : 1);
        }

        /**
         * Adds the user's rating of another item. Its rating is divided evenly among its tags.
         *
         * @param above the rating, in stars above the expected one
         */
        public void add(Item rated, double above) {
            for (String tag : rated.tags()) {
                int label = tags.indexOf(tag);
                if (label >= 0) {
                    sums[label] += above / rated.tags().size();
                    weights[label] += 1.0 / rated.tags().size();
                }
            }
            if (author != null && author.equals(rated.author())) {
                sums[tags.size()] += above;
                weights[tags.size()]++;
            }
        }

        /**
         * Returns the mean over the labels of each label's mean rating; 0 without labels.
         *
         * @param trust number of ratings of 0 that each label starts with
         */
        public double mean(double trust) {
            double sum = 0;
            for (int label = 0; label < sums.length; label++) {
                sum += sums[label] / (weights[label] + trust);
            }
            return sums.length == 0 ? 0 : sum / sums.length;
        }
    }

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

        /**
         * Returns the latest ratings in a user's history; items unknown to the model are left out.
         */
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
}
