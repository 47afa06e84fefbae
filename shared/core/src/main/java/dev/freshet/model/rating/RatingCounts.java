package dev.freshet.model.rating;

import dev.freshet.model.basket.BasketChange.Opinion;
import dev.freshet.model.popularity.Popularity;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.Ints;

/**
 * Sums and numbers of ratings, in half stars, by item and over all items, and numbers of likes by
 * item; 8 B an item with a rating, 4 B one with a like. A rating or like that is changed, retracted
 * or erased is subtracted; those of evicted baskets remain counted, without a pseudonym. What users
 * do who do not count for others yet is left out until they do.
 *
 * @param sums sum of ratings by item, in half stars
 * @param counts number of ratings by item
 * @param likes number of users by item who like it
 * @param sum sum of all ratings, in half stars
 * @param count number of all ratings
 */
public record RatingCounts(Ints sums, Ints counts, Ints likes, long sum, long count) {
    public static final RatingCounts EMPTY =
            new RatingCounts(Ints.EMPTY, Ints.EMPTY, Ints.EMPTY, 0, 0);

    /** The prior of the mean rating, in stars. */
    private static final double PRIOR_MEAN = 3.5;

    /** The number of ratings that the prior of the mean counts as. */
    private static final double PRIOR_RATINGS = 10;

    /** The number of ratings equal to the mean that each item starts with. */
    private static final double TRUST = 10;

    /**
     * The number of ratings equal to the mean that each item starts with in the order of top-rated
     * items: few people decide a list that everybody sees, unlike a prediction for one user.
     */
    private static final double LIST_TRUST = 50;

    /** Returns the mean of all ratings, in stars, shrunk towards the prior. */
    double mean() {
        return (sum / 2.0 + PRIOR_MEAN * PRIOR_RATINGS) / (count + PRIOR_RATINGS);
    }

    /**
     * Returns the difference between an item's mean rating and the overall mean, in stars, shrunk
     * towards 0; 0 for an item without ratings.
     */
    double bias(int item, double mean) {
        return bias(item, mean, TRUST);
    }

    private double bias(int item, double mean, double trust) {
        int ratings = counts.get(item);
        return (sums.get(item) / 2.0 - ratings * mean) / (ratings + trust);
    }

    /** Returns a mutable continuation. */
    public Draft draft() {
        return new Draft(this);
    }

    /** The mutable continuation of {@link RatingCounts}. */
    public static final class Draft implements Continuation<RatingCounts> {
        private final Ints.Draft sums;
        private final Ints.Draft counts;
        private final Ints.Draft likes;
        private long sum;
        private long count;

        private Draft(RatingCounts from) {
            sums = from.sums.draft();
            counts = from.counts.draft();
            likes = from.likes.draft();
            sum = from.sum;
            count = from.count;
        }

        /** Applies the change of one user's opinion of an item. */
        public void change(Opinion opinion) {
            int item = opinion.item();
            int more = opinion.after() - opinion.before();
            int ratings = Integer.signum(opinion.after()) - Integer.signum(opinion.before());
            if (more != 0) {
                restore(item, sums.get(item) + more, counts.get(item) + ratings);
            }
            if (opinion.likes() != 0) {
                likes.set(item, likes.get(item) + opinion.likes());
            }
        }

        /** Sets the sum and the number of an item's ratings. */
        public void restore(int item, int itemSum, int itemCount) {
            sum += itemSum - sums.get(item);
            count += itemCount - counts.get(item);
            sums.set(item, itemSum);
            counts.set(item, itemCount);
        }

        @Override
        public RatingCounts content(boolean sealed) {
            return new RatingCounts(
                    sums.content(sealed),
                    counts.content(sealed),
                    likes.content(sealed),
                    sum,
                    count);
        }
    }

    /**
     * Likes and ratings of items that enough different people gave: as many likes as people have to
     * be behind a count, and as many ratings, but at least {@value #LEAST_RATERS}.
     */
    public record Visible(RatingCounts counts, Popularity.Visibility visibility)
            implements Popularity.Opinions {
        /** Users who have to rate an item before its stars mean something. */
        public static final int LEAST_RATERS = 5;

        @Override
        public int likes(int item) {
            int likes = counts.likes().get(item);
            return likes >= visibility.people() ? likes : 0;
        }

        @Override
        public double stars(int item) {
            double mean = counts.mean();
            return isRated(item) ? mean + counts.bias(item, mean) : 0;
        }

        @Override
        public double rank(int item) {
            double mean = counts.mean();
            return isRated(item) ? mean + counts.bias(item, mean, LIST_TRUST) : 0;
        }

        /** Returns whether enough different people rated an item for others to learn of it. */
        public boolean isRated(int item) {
            return counts.counts().get(item) >= Math.max(LEAST_RATERS, visibility.people());
        }
    }
}
