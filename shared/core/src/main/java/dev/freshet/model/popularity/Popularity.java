package dev.freshet.model.popularity;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.TopN;
import java.time.Instant;
import java.util.function.IntToDoubleFunction;

/**
 * Popular and trending items, by scope and half-life. Counts are decayed ({@link HalfLife}) numbers
 * of users: a user counts once per item and UTC day, and only for events of positive strength.
 *
 * @param items of the model
 * @param counts over all events
 * @param scoped counts by country and device
 * @param tops the first items of each scope, maybe of an earlier version
 * @param visibility which counts are visible; all others read as zero
 * @param opinions likes and ratings
 */
public record Popularity(
        ItemTable items,
        Counts counts,
        ScopedCounts scoped,
        TopLists tops,
        Visibility visibility,
        Opinions opinions) {
    /**
     * The least decayed count at the short half-life for an item to trend, and k where that is
     * more: one user just now counts 1, which may be chance.
     */
    public static final double TRENDING_FLOOR = 1.5;

    /** Returns the undecayed count of an item: one per user and day. */
    public long count(int item) {
        return visibility.shows(item) ? counts.totals().get(item) : 0;
    }

    /** Returns the decayed count of an item over all events. */
    public double count(int item, HalfLife halfLife, Instant now) {
        return count(item, Scope.ALL, halfLife, clock(now));
    }

    /**
     * Returns the decayed count of an item within a scope. For a tag it is the item's overall count
     * if the item has the tag, else 0.
     *
     * @throws IllegalArgumentException for a country or device at a half-life that is not {@link
     *     HalfLife#scoped}
     */
    public double count(int item, Scope scope, HalfLife halfLife, Instant now) {
        return count(item, scope, halfLife, clock(now));
    }

    private double count(int item, Scope scope, HalfLife halfLife, Decay.Clock now) {
        double count = exact(item, scope, halfLife, now);
        return count > 0 && visibility.shows(item, scope) ? count : 0;
    }

    private double exact(int item, Scope scope, HalfLife halfLife, Decay.Clock now) {
        return switch (scope.kind()) {
            case ALL -> counts.at(item, halfLife, now);
            case TAG ->
                    items.item(item).tags().contains(scope.value())
                            ? counts.at(item, halfLife, now)
                            : 0;
            case COUNTRY, DEVICE -> {
                ScopeCounts of = scoped.of(scope);
                yield of == null ? 0 : of.at(item, halfLife, now);
            }
        };
    }

    /**
     * Returns the items with the highest counts as of {@code now}, without deleted ones; the scores
     * are the counts.
     *
     * @param limit ≤ 500
     * @throws IllegalArgumentException for a country or device at a half-life that is not {@link
     *     HalfLife#scoped}
     */
    public ItemScores top(Scope scope, HalfLife halfLife, Instant now, int limit) {
        Decay.Clock clock = clock(now);
        return first(scope, halfLife, item -> positive(count(item, scope, halfLife, clock)), limit);
    }

    /**
     * Returns the items of the catalogue that were born last, without those whose birth is yet to
     * come; the scores are their ages in seconds, negated.
     *
     * @param scope all items or those of a tag
     * @param limit ≤ 500
     */
    public ItemScores latest(Scope scope, Instant now, int limit) {
        double seconds = now.toEpochMilli() / 1000.0;
        return first(
                scope,
                TopLists.Order.Fixed.LATEST,
                item -> items.age(item, seconds) >= 0 ? -items.age(item, seconds) : Double.NaN,
                limit);
    }

    /**
     * Returns the items that the most users like, without deleted ones; the scores are the numbers
     * of users.
     *
     * @param scope all items or those of a tag
     * @param limit ≤ 500
     */
    public ItemScores liked(Scope scope, int limit) {
        return first(
                scope, TopLists.Order.Fixed.LIKED, item -> positive(opinions.likes(item)), limit);
    }

    /**
     * Returns the items with the best ratings, without deleted ones; the scores are stars.
     *
     * @param scope all items or those of a tag
     * @param limit ≤ 500
     */
    public ItemScores rated(Scope scope, int limit) {
        return first(
                scope, TopLists.Order.Fixed.RATED, item -> positive(opinions.rank(item)), limit);
    }

    /** Returns the items of a list by a score, which is not a number for one to leave out. */
    private ItemScores first(
            Scope scope, TopLists.Order order, IntToDoubleFunction score, int limit) {
        TopN top = new TopN(Math.min(limit, TopLists.DEPTH));
        for (int item : tops.of(scope, order)) {
            double value = items.deleted(item) ? Double.NaN : score.applyAsDouble(item);
            if (!Double.isNaN(value)) {
                top.offer(item, (float) value);
            }
        }
        return ItemScores.drain(top);
    }

    private static double positive(double value) {
        return value > 0 ? value : Double.NaN;
    }

    /**
     * Returns the items whose recent number of users is above that expected from the item's own
     * last days. The score is (s − e) / √(e + 1), where s is the count at the half-life of two
     * hours and e is the value that s would have if the rate of the last three days had been
     * constant. Items below the least count to trend, and items at or below their expected count
     * are left out.
     *
     * @param limit ≤ 500
     */
    public ItemScores trending(Scope scope, Instant now, int limit) {
        Decay.Clock clock = clock(now);
        double floor = Math.max(TRENDING_FLOOR, visibility.people());
        double ratio = (double) ScopeCounts.SHORT.seconds() / ScopeCounts.LONG.seconds();
        return first(
                scope,
                ScopeCounts.SHORT,
                item -> {
                    double recent = count(item, scope, ScopeCounts.SHORT, clock);
                    double expected = ratio * count(item, scope, ScopeCounts.LONG, clock);
                    return recent >= floor && recent > expected
                            ? (recent - expected) / Math.sqrt(expected + 1)
                            : Double.NaN;
                },
                limit);
    }

    private static Decay.Clock clock(Instant now) {
        return new Decay.Clock(now.toEpochMilli() / 1000.0);
    }

    /** What many users think of items, without that of items which too few have an opinion of. */
    public interface Opinions {
        /** Returns the number of users who like an item; 0 where it is not visible. */
        int likes(int item);

        /**
         * Returns the mean rating of an item in stars, drawn towards the mean of all ratings by as
         * many ratings of it as are assumed before the first; 0 where it is not visible.
         */
        double stars(int item);

        /**
         * Returns by what top-rated items are ordered: their stars, drawn towards the mean by more
         * ratings; 0 where the rating is not visible.
         */
        double rank(int item);
    }

    /**
     * Whether enough different people are behind an item's counts for others to see them. Counts
     * that are not visible read as zero, as if nobody had interacted with the item.
     */
    public interface Visibility {
        /** Returns the number of different people from which on counts are visible, at least 1. */
        int people();

        /** Returns whether the counts of an item over all events are visible. */
        boolean shows(int item);

        /** Returns whether the counts of an item within a scope are visible. */
        boolean shows(int item, Scope scope);
    }
}
