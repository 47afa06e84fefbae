package dev.freshet.model.basket;

import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.IntArrays;
import dev.freshet.model.rows.Refs;

/**
 * A list of entries for each slot, and the number of entries in all lists.
 *
 * @param lists by slot, each an array of a fixed number of ints an entry; null for an empty one
 * @param entries number of entries in all
 */
public record SlotEntries(Refs<int[]> lists, int entries) {
    static final SlotEntries NONE = new SlotEntries(Refs.empty(), 0);

    /** Returns the entries of a slot. */
    public int[] of(int slot) {
        return IntArrays.orNone(lists.get(slot));
    }

    /** The mutable continuation. */
    static final class Draft implements Continuation<SlotEntries> {
        private final Refs.Draft<int[]> lists;
        private final int width;
        private int entries;

        /**
         * @param width number of ints in an entry
         */
        Draft(SlotEntries from, int width) {
            lists = from.lists.draft();
            entries = from.entries;
            this.width = width;
        }

        int[] of(int slot) {
            return IntArrays.orNone(lists.get(slot));
        }

        void set(int slot, int[] list) {
            int before = of(slot).length;
            if (before > 0 || list.length > 0) {
                entries += (list.length - before) / width;
                lists.set(slot, list.length == 0 ? null : list);
            }
        }

        int entries() {
            return entries;
        }

        @Override
        public SlotEntries content(boolean sealed) {
            return new SlotEntries(lists.content(sealed), entries);
        }
    }
}
