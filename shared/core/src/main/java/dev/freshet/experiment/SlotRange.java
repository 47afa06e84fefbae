package dev.freshet.experiment;

/**
 * A range of the {@value #SLOTS} slots of a layer.
 *
 * @param from first slot, 0 to {@value #SLOTS}
 * @param to slot behind the last one, greater than {@code from}, at most {@value #SLOTS}
 */
public record SlotRange(int from, int to) {
    /** Slots of a layer; one holds a ten-thousandth of all users. */
    public static final int SLOTS = 10_000;

    public SlotRange {
        if (from < 0 || to > SLOTS || from >= to) {
            throw new IllegalArgumentException("slots go from 0 to " + SLOTS);
        }
    }

    /** Returns the share of all users that the range holds, greater than 0, at most 1. */
    public double share() {
        return (double) (to - from) / SLOTS;
    }

    /**
     * Returns whether the slot is in the part that is in use. The part grows from the left, so a
     * user who is in stays in when traffic is raised.
     *
     * @param traffic share of the range that is in use, 0 to 1
     */
    public boolean includes(int slot, double traffic) {
        return slot >= from && slot < from + Math.round(traffic * (to - from));
    }

    /** Returns whether both ranges hold a slot. */
    public boolean overlaps(SlotRange other) {
        return from < other.to && other.from < to;
    }
}
