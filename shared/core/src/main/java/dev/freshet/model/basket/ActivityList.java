package dev.freshet.model.basket;

import dev.freshet.model.rows.Ints;

/** The mutable continuation of {@link Activity}. */
final class ActivityList {
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
    ActivityList(Activity from, int slots) {
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

    Activity peek() {
        return new Activity(newer.peek(), older.peek(), oldest, newest, free);
    }

    Activity seal() {
        return new Activity(newer.seal(), older.seal(), oldest, newest, free);
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
