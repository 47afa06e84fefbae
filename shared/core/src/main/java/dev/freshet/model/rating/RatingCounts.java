package dev.freshet.model.rating;

import dev.freshet.model.basket.RatingChange;
import dev.freshet.model.rows.Ints;

/**
 * What was given to each item, in half stars: the sum and how many ratings, and both over all. 8 B
 * an item that was rated. A rating changed, taken back or forgotten is subtracted; what leaves a
 * basket for want of room stays counted, without a name.
 */
public record RatingCounts(Ints sums, Ints counts, long sum, long count) {
    public static final RatingCounts EMPTY = new RatingCounts(Ints.EMPTY, Ints.EMPTY, 0, 0);

    /** The mean over all before the first rating, in stars, and how many ratings it is worth. */
    private static final double USUAL = 3.5;

    private static final double USUAL_RATINGS = 10;

    /** How many ratings of the usual kind every item is given beforehand. */
    private static final double TRUST = 10;

    /** Over all, in stars. */
    double mean() {
        return (sum / 2.0 + USUAL * USUAL_RATINGS) / (count + USUAL_RATINGS);
    }

    /** How far above the mean the item is rated, in stars, shrunk; 0 for one that nobody rated. */
    double bias(int item, double mean) {
        int ratings = counts.get(item);
        return (sums.get(item) / 2.0 - ratings * mean) / (ratings + TRUST);
    }

    public Draft draft() {
        return new Draft(this);
    }

    /** The mutable continuation. */
    public static final class Draft {
        private final Ints.Draft sums;
        private final Ints.Draft counts;
        private long sum;
        private long count;

        private Draft(RatingCounts from) {
            sums = from.sums.draft();
            counts = from.counts.draft();
            sum = from.sum;
            count = from.count;
        }

        public void change(int item, RatingChange rating) {
            int more = rating.after() - rating.before();
            int ratings = Integer.signum(rating.after()) - Integer.signum(rating.before());
            if (more != 0) {
                restore(item, sums.get(item) + more, counts.get(item) + ratings);
            }
        }

        /** Sets an item's numbers. */
        public void restore(int item, int itsSum, int itsCount) {
            sum += itsSum - sums.get(item);
            count += itsCount - counts.get(item);
            sums.set(item, itsSum);
            counts.set(item, itsCount);
        }

        public RatingCounts peek() {
            return new RatingCounts(sums.peek(), counts.peek(), sum, count);
        }

        public RatingCounts seal() {
            return new RatingCounts(sums.seal(), counts.seal(), sum, count);
        }
    }
}
