package dev.freshet.example;

import dev.freshet.experiment.enrolment.ListArm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome that an event is for the list in which its user saw the item.
 *
 * @param attributed false if no list is known: {@code placement}, {@code arms} and {@code sources}
 *     are empty then, and the event counts for no list
 * @param arms labels of the arms that the list is part of, and of its user's segment, ≤ {@value
 *     #MAX_LABELS}
 * @param hour of the list's issue, or of the event's receipt where no list is known: hours since
 *     1970-01-01 in UTC
 * @param position of the item in the list, from 0; −1 if the event names no item
 * @param sources one bit for each source of the item
 * @param seen whether the impression of the list had arrived before; false for a click that came
 *     before its impression, which counts once that arrives
 * @param first whether this is the list's first click within the click window
 * @param amount of a purchase, in 1/10,000 of the currency's unit; 0 for anything else
 * @param currency three capital letters; null without an amount
 * @param shadows weights of a click on a list that was drawn beside shadows, ≤ {@value
 *     ShadowRatios#MOST}
 */
public record ListCredit(
        OutcomeKind kind,
        boolean attributed,
        String placement,
        List<String> arms,
        int hour,
        int position,
        int sources,
        boolean seen,
        boolean first,
        long amount,
        @Nullable String currency,
        List<ShadowWeight> shadows) {
    /** The amounts of one unit of a currency. */
    public static final int AMOUNTS_PER_UNIT = 10_000;

    /** Most labels of a list. */
    public static final int MAX_LABELS = ListArm.MAX + 1;

    private static final int HOURS_OF_A_DAY = 24;

    private static final String SEGMENT = ":";

    public ListCredit {
        arms = List.copyOf(arms);
        shadows = List.copyOf(shadows);
        if (shadows.size() > ShadowRatios.MOST) {
            throw new IllegalArgumentException("too many shadows of a list");
        }
    }

    /**
     * Returns the label under which the lists of a segment's users are summed. No arm has one like
     * it, since the id of an experiment, with which the label of an arm begins, is not empty.
     */
    public static String labelOfSegment(String id) {
        return SEGMENT + id;
    }

    /** Returns the id of the segment whose label this is; null for the label of an arm. */
    public static @Nullable String segmentOf(String label) {
        return label.startsWith(SEGMENT) ? label.substring(SEGMENT.length()) : null;
    }

    /** Returns the day of the hour: days since 1970-01-01 in UTC. */
    public int day() {
        return hour / HOURS_OF_A_DAY;
    }

    /** Returns the credit of an outcome that belongs to no known list. */
    public static ListCredit unattributed(OutcomeKind kind, int hour) {
        return new ListCredit(
                kind, false, "", List.of(), hour, -1, 0, true, false, 0, null, List.of());
    }

    /** Returns this credit with an amount. */
    public ListCredit worth(long money, @Nullable String inCurrency) {
        return new ListCredit(
                kind,
                attributed,
                placement,
                arms,
                hour,
                position,
                sources,
                seen,
                first,
                money,
                inCurrency,
                shadows);
    }

    /**
     * Returns this click with its relation to the list's other events.
     *
     * @param weights for the shadows of a list that was seen
     */
    public ListCredit clicked(boolean wasSeen, boolean isFirst, List<ShadowWeight> weights) {
        return new ListCredit(
                kind,
                attributed,
                placement,
                arms,
                hour,
                position,
                sources,
                wasSeen,
                isFirst,
                amount,
                currency,
                weights);
    }
}
