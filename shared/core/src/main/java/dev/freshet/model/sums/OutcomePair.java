package dev.freshet.model.sums;

import dev.freshet.example.ListCredit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What outcomes are summed by within a day.
 *
 * @param placement the place on the site, or empty; empty for a segment, whose lists are of every
 *     placement
 * @param arm the label of an experiment's arm, whose lists are some of the placement's, or of a
 *     segment ({@link ListCredit#labelOfSegment}); empty for all lists of the placement
 */
public record OutcomePair(String placement, String arm) implements Comparable<OutcomePair> {
    /** Takes the lists of all further placements of a day with {@link Outcomes#MAX_PAIRS} pairs. */
    public static final String OTHERS = "(others)";

    /** Takes the lists of all further segments of a day with {@link Outcomes#MAX_SEGMENTS}. */
    static final OutcomePair OTHER_SEGMENTS = ofSegment("others");

    private static final Comparator<OutcomePair> ORDER =
            Comparator.comparing(OutcomePair::placement).thenComparing(OutcomePair::arm);

    /** Returns what a list is summed under: its placement, each of its arms, and its segment. */
    static List<OutcomePair> of(String placement, List<String> labels) {
        if (labels.isEmpty()) {
            return List.of(new OutcomePair(placement, ""));
        }
        List<OutcomePair> pairs = new ArrayList<>(labels.size() + 1);
        pairs.add(new OutcomePair(placement, ""));
        for (String label : labels) {
            boolean isArm = ListCredit.segmentOf(label) == null;
            pairs.add(new OutcomePair(isArm ? placement : "", label));
        }
        return pairs;
    }

    /** Returns what the lists of a segment's users are summed under. */
    public static OutcomePair ofSegment(String id) {
        return new OutcomePair("", ListCredit.labelOfSegment(id));
    }

    /**
     * Returns what takes the lists of this pair where there are too many placements, or segments.
     */
    public OutcomePair amongOthers() {
        return isOfSegment() ? OTHER_SEGMENTS : new OutcomePair(OTHERS, arm);
    }

    /** Returns whether the placement is one of its own. */
    boolean isTold() {
        return !placement.equals(OTHERS) && !isOfSegment();
    }

    /** Returns whether the sums are those of the lists of a segment's users. */
    public boolean isOfSegment() {
        return segment() != null;
    }

    /** Returns the id of the segment; null for a placement and for an arm. */
    public @Nullable String segment() {
        return ListCredit.segmentOf(arm);
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
