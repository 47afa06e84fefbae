package dev.freshet.model.audience;

import dev.freshet.example.ModelTime;

/**
 * How often any item was shown, and how many of these showings were clicked: sums that decay with
 * the half-life of {@link AudienceHalfLife#FORTNIGHT}, as of the latest showing.
 *
 * @param last when an item was last shown, as a {@link ModelTime}; {@link ModelTime#NEVER} before
 *     the first showing
 */
public record ListTotals(int last, double shown, double clicked) {
    public static final ListTotals NONE = new ListTotals(ModelTime.NEVER, 0, 0);

    /** Rate of clicks of a site that has shown nothing yet. */
    private static final double RATE_BEFORE = 0.1;

    /** Showings that {@link #RATE_BEFORE} counts for. */
    private static final double SHOWN_BEFORE = 100;

    private static final AudienceHalfLife HALF_LIFE = AudienceHalfLife.FORTNIGHT;

    /** Returns the clicks for each showing, above 0, drawn to 0.1 where little was shown. */
    public double rate() {
        return (clicked + SHOWN_BEFORE * RATE_BEFORE) / (shown + SHOWN_BEFORE);
    }

    /** Returns the totals with a further showing. */
    ListTotals withShowing(int time) {
        if (last == ModelTime.NEVER) {
            return new ListTotals(time, 1, 0);
        }
        if (time <= last) {
            return new ListTotals(last, shown + HALF_LIFE.weight(time, last), clicked);
        }
        double before = HALF_LIFE.weight(last, time);
        return new ListTotals(time, shown * before + 1, clicked * before);
    }

    /** Returns the totals with a further click; without a showing there is none. */
    ListTotals withClick(int time) {
        return last == ModelTime.NEVER
                ? this
                : new ListTotals(last, shown, clicked + HALF_LIFE.weight(time, last));
    }
}
