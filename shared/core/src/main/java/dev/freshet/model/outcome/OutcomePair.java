package dev.freshet.model.outcome;

import java.util.Comparator;

/**
 * What outcomes are summed by within a day.
 *
 * @param placement the place on the site, or empty
 * @param arm the arm of an experiment, or empty
 */
public record OutcomePair(String placement, String arm) implements Comparable<OutcomePair> {
    /** Takes the lists of all further pairs of a day that has {@link Outcomes#MOST_PAIRS}. */
    public static final OutcomePair OTHERS = new OutcomePair("(others)", "");

    private static final Comparator<OutcomePair> ORDER =
            Comparator.comparing(OutcomePair::placement).thenComparing(OutcomePair::arm);

    @Override
    public int compareTo(OutcomePair other) {
        return ORDER.compare(this, other);
    }
}
