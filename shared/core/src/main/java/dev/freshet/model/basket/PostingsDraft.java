package dev.freshet.model.basket;

import dev.freshet.model.rows.Refs;
import dev.freshet.model.settings.ModelSettings;
import java.util.Arrays;

/**
 * The mutable continuation of a table of postings: for each item the latest slots, oldest first, ≤
 * {@link ModelSettings#POSTINGS}.
 */
final class PostingsDraft {
    private final Refs.Draft<int[]> slots;
    private int total;

    PostingsDraft(Refs<int[]> from) {
        this(from, 0);
    }

    /**
     * Creates a continuation.
     *
     * @param total number of slots in all lists
     */
    PostingsDraft(Refs<int[]> from, int total) {
        slots = from.draft();
        this.total = total;
    }

    /** Makes the slot the item's latest; from a full list the oldest is dropped. */
    void add(int slot, int item) {
        int[] before = slots.get(item);
        if (before == null) {
            slots.set(item, new int[] {slot});
            total++;
        } else if (before.length < ModelSettings.POSTINGS) {
            int[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = slot;
            slots.set(item, more);
            total++;
        } else {
            int[] shifted = new int[before.length];
            System.arraycopy(before, 1, shifted, 0, before.length - 1);
            shifted[before.length - 1] = slot;
            slots.set(item, shifted);
        }
    }

    /** Removes the slot from the item's list, if it is there. */
    void remove(int slot, int item) {
        int[] before = slots.get(item);
        if (before != null) {
            int[] rest = Arrays.stream(before).filter(other -> other != slot).toArray();
            slots.set(item, rest.length == 0 ? null : rest);
            total -= before.length - rest.length;
        }
    }

    /** Sets an item's list when a snapshot is read. */
    void restore(int item, int[] all) {
        slots.set(item, all);
        total += all.length;
    }

    /** Returns the number of slots in all lists, where the one to begin with was given. */
    int total() {
        return total;
    }

    Refs<int[]> peek() {
        return slots.peek();
    }

    Refs<int[]> seal() {
        return slots.seal();
    }
}
