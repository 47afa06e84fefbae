package dev.freshet.model.basket;

import dev.freshet.model.rows.Refs;
import dev.freshet.model.settings.ModelSettings;
import java.util.Arrays;

/** Per item the latest slots, oldest first, ≤ {@link ModelSettings#POSTINGS}, on their way. */
final class PostingsDraft {
    private final Refs.Draft<int[]> slots;

    PostingsDraft(Refs<int[]> from) {
        slots = from.draft();
    }

    /** The slot becomes the item's latest; of a full list the oldest leaves. */
    void add(int slot, int item) {
        int[] before = slots.get(item);
        if (before == null) {
            slots.set(item, new int[] {slot});
        } else if (before.length < ModelSettings.POSTINGS) {
            int[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = slot;
            slots.set(item, more);
        } else {
            int[] shifted = new int[before.length];
            System.arraycopy(before, 1, shifted, 0, before.length - 1);
            shifted[before.length - 1] = slot;
            slots.set(item, shifted);
        }
    }

    /** Nothing happens where the slot does not stand, or no longer. */
    void remove(int slot, int item) {
        int[] before = slots.get(item);
        if (before != null) {
            int[] rest = Arrays.stream(before).filter(other -> other != slot).toArray();
            slots.set(item, rest.length == 0 ? null : rest);
        }
    }

    /** For loading. */
    void restore(int item, int[] all) {
        slots.set(item, all);
    }

    Refs<int[]> peek() {
        return slots.peek();
    }

    Refs<int[]> seal() {
        return slots.seal();
    }
}
