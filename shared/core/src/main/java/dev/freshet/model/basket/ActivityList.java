package dev.freshet.model.basket;

import dev.freshet.model.rows.Ints;

/**
 * The mutable list of basket slots by activity, and of free slots: links are slots plus one, 0 ends
 * a list.
 */
final class ActivityList {
    private final Ints.Draft newer;
    private final Ints.Draft older;
    private int oldest;
    private int newest;
    private int free;
    private int slots;

    ActivityList(Baskets from) {
        newer = from.newer().draft();
        older = from.older().draft();
        oldest = from.oldest();
        newest = from.newest();
        free = from.free();
        slots = from.keys().size();
    }

    /** A slot not in use, now the most recently active. */
    int take() {
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

    /** The slot is free again. */
    void giveBack(int slot) {
        unlink(slot);
        older.set(slot, 0);
        newer.set(slot, free);
        free = slot + 1;
    }

    int oldest() {
        return oldest - 1;
    }

    int oldestLink() {
        return oldest;
    }

    int newestLink() {
        return newest;
    }

    int freeLink() {
        return free;
    }

    Ints peekNewer() {
        return newer.peek();
    }

    Ints peekOlder() {
        return older.peek();
    }

    Ints sealNewer() {
        return newer.seal();
    }

    Ints sealOlder() {
        return older.seal();
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
