package dev.freshet.model.basket;

import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.Ints;

/**
 * The slots of baskets as a list by activity, and the free slots as another. A link is a slot plus
 * one; 0 ends a list.
 *
 * @param newer by slot, the link to the next more recently active one; for a free slot, to the next
 *     free one
 * @param older by slot, the link to the next less recently active one
 * @param oldest the link to the least recently active slot
 * @param newest the link to the most recently active slot
 * @param free the link to the first free slot
 */
public record Activity(Ints newer, Ints older, int oldest, int newest, int free) {
    static final Activity NONE = new Activity(Ints.EMPTY, Ints.EMPTY, 0, 0, 0);

    /** The mutable continuation of {@link Activity}. */
    static final class Draft implements Continuation<Activity> {
        private final Ints.Draft newer;
        private final Ints.Draft older;
        private int oldest;
        private int newest;
        private int free;
        private int slots;

        /**
         * Creates a continuation.
         *
         * @param slots the number of slots, used and free
         */
        Draft(Activity from, int slots) {
            newer = from.newer().draft();
            older = from.older().draft();
            oldest = from.oldest();
            newest = from.newest();
            free = from.free();
            this.slots = slots;
        }

        /** Returns an unused slot, which becomes the most recently active. */
        int allocate() {
            int slot;
            if (free != 0) {
                slot = free - 1;
                free = newer.get(slot);
            } else {
                slot = slots++;
            }
            linkNewest(slot);
            return slot;
        }

        /** Makes a slot in use the most recently active. */
        void touch(int slot) {
            if (newest != slot + 1) {
                unlink(slot);
                linkNewest(slot);
            }
        }

        /** Adds a slot to the free slots. */
        void release(int slot) {
            unlink(slot);
            older.set(slot, 0);
            newer.set(slot, free);
            free = slot + 1;
        }

        /** Returns the least recently active slot, or −1. */
        int oldest() {
            return oldest - 1;
        }

        @Override
        public Activity content(boolean sealed) {
            return new Activity(newer.content(sealed), older.content(sealed), oldest, newest, free);
        }

        private void linkNewest(int slot) {
            older.set(slot, newest);
            newer.set(slot, 0);
            if (newest != 0) {
                newer.set(newest - 1, slot + 1);
            } else {
                oldest = slot + 1;
            }
            newest = slot + 1;
        }

        private void unlink(int slot) {
            int before = older.get(slot);
            int after = newer.get(slot);
            if (before != 0) {
                newer.set(before - 1, after);
            } else {
                oldest = after;
            }
            if (after != 0) {
                older.set(after - 1, before);
            } else {
                newest = before;
            }
        }
    }
}
