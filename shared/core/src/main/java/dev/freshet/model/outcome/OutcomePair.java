package dev.freshet.model.outcome;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What outcomes are summed by within a day.
 *
 * @param placement the place on the site, or empty
 * @param arm the label of an experiment's arm, whose lists are some of the placement's; empty for
 *     all lists of the placement
 */
public record OutcomePair(String placement, String arm) implements Comparable<OutcomePair> {
    /**
     * Takes the lists of all further placements of a day with {@link Outcomes#MOST_PAIRS} pairs.
     */
    public static final String OTHERS = "(others)";

    private static final Comparator<OutcomePair> ORDER =
            Comparator.comparing(OutcomePair::placement).thenComparing(OutcomePair::arm);

    /** Returns what a list is summed under: its placement, and each of its arms. */
    static List<OutcomePair> of(String placement, List<String> arms) {
        if (arms.isEmpty()) {
            return List.of(new OutcomePair(placement, ""));
        }
        List<OutcomePair> pairs = new ArrayList<>(arms.size() + 1);
        pairs.add(new OutcomePair(placement, ""));
        arms.forEach(arm -> pairs.add(new OutcomePair(placement, arm)));
        return pairs;
    }

    /** Returns what takes the lists of this pair where there are too many placements. */
    OutcomePair amongOthers() {
        return new OutcomePair(OTHERS, arm);
    }

    /** Returns whether the placement is one of its own. */
    boolean isTold() {
        return !placement.equals(OTHERS);
    }

    /** Returns whether the sums are those of all lists of the placement. */
    public boolean isOfPlacement() {
        return arm.isEmpty();
    }

    @Override
    public int compareTo(OutcomePair other) {
        return ORDER.compare(this, other);
    }
}
