package dev.freshet.example;

import static dev.freshet.check.Check.require;

import dev.freshet.access.ListArm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome that an event is for the list in which its user saw the item.
 *
 * @param place where the user saw the item
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
        ListPlace place,
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

    /**
     * A list and the place of an item in it.
     *
     * @param attributed false if no list is known: {@code placement}, {@code arms} and {@code
     *     sources} are empty then, and the event counts for no list
     * @param arms labels of the arms that the list is part of, and of its user's segment, ≤ {@value
     *     #MAX_LABELS}
     * @param hour of the list's issue, or of the event's receipt where no list is known: hours
     *     since 1970-01-01 in UTC
     * @param position of the item in the list, from 0; −1 if the event names no item
     * @param sources one bit for each source of the item
     */
    public record ListPlace(
            boolean attributed,
            String placement,
            List<String> arms,
            int hour,
            int position,
            int sources) {
        public ListPlace {
            arms = List.copyOf(arms);
        }
    }

    public ListCredit {
        shadows = List.copyOf(shadows);
        require(shadows.size() <= ShadowRatios.MOST, "too many shadows of a list");
    }

    /** Returns the credit of an outcome without an amount, for a list that was seen before. */
    public static ListCredit of(OutcomeKind kind, ListPlace place) {
        return new ListCredit(kind, place, true, false, 0, null, List.of());
    }

    /** Returns the credit of an outcome that belongs to no known list. */
    public static ListCredit unattributed(OutcomeKind kind, int hour) {
        return of(kind, new ListPlace(false, "", List.of(), hour, -1, 0));
    }

    public boolean attributed() {
        return place.attributed;
    }

    public String placement() {
        return place.placement;
    }

    public List<String> arms() {
        return place.arms;
    }

    public int hour() {
        return place.hour;
    }

    public int position() {
        return place.position;
    }

    public int sources() {
        return place.sources;
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
        return place.hour / HOURS_OF_A_DAY;
    }

    /** Returns this credit with an amount. */
    public ListCredit worth(long money, @Nullable String inCurrency) {
        return new ListCredit(kind, place, seen, first, money, inCurrency, shadows);
    }

    /**
     * Returns this click with its relation to the list's other events.
     *
     * @param weights for the shadows of a list that was seen
     */
    public ListCredit clicked(boolean wasSeen, boolean isFirst, List<ShadowWeight> weights) {
        return new ListCredit(kind, place, wasSeen, isFirst, amount, currency, weights);
    }

    /**
     * The weight that a click has for a shadow.
     *
     * @param shadow named as an arm is
     * @param logWeight the logarithm of the weight of the place in its list, as {@link
     *     ShadowRatios#logWeights} returns it
     */
    public record ShadowWeight(ListArm shadow, float logWeight) {}

    /**
     * How much more or less often a shadow would have drawn the places of a list.
     *
     * @param shadow named as an arm is
     * @param logRatios ln(π_shadow/π) of each place that the page showed, from the top, given the
     *     places above, in half precision; ≤ {@value #MAX_PLACES}. Empty if the page showed other
     *     places than the first ones: then the list says nothing about the shadow
     */
    public record ShadowRatios(ListArm shadow, List<Float> logRatios) {
        /** Most places of a list that are evaluated. */
        public static final int MAX_PLACES = 20;

        /** Most shadows of a list. */
        public static final int MOST = 2;

        public ShadowRatios {
            logRatios = List.copyOf(logRatios);
            require(
                    logRatios.size() <= MAX_PLACES,
                    "a list is evaluated down to place " + MAX_PLACES);
        }

        /** Returns the logarithm of the weight of each place: the sum of the ratios down to it. */
        public double[] logWeights() {
            double[] weights = new double[logRatios.size()];
            double sum = 0;
            for (int place = 0; place < weights.length; place++) {
                sum += logRatios.get(place);
                weights[place] = (float) sum;
            }
            return weights;
        }
    }

    /** What became of a list that was shown. */
    public enum OutcomeKind {
        /** A click within the click window. */
        CLICK(1),
        /** A click after the click window, while the list's token was still valid. */
        LATE_CLICK(2),
        /** A purchase, or an event of another type that the owner counts as a conversion. */
        CONVERSION(3),
        /** An item of the list that the user hid or disliked. */
        HIDE(4);

        private final int number;

        OutcomeKind(int number) {
            this.number = number;
        }

        /** Returns the number by which this kind is stored; it is not reused. */
        public int number() {
            return number;
        }

        /** Returns the kind of a number. */
        public static Optional<OutcomeKind> ofNumber(int number) {
            return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
        }

        /** Returns whether this is a click, in time or late. */
        public boolean isClick() {
            return this == CLICK || this == LATE_CLICK;
        }
    }
}
