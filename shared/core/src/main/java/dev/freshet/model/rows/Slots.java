package dev.freshet.model.rows;

import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash index from keys to slot numbers; the keys themselves are stored elsewhere, by
 * slot. Open addressing with linear probing over a power of two, at most half full; removal shifts
 * entries back, so there are no tombstones. It cannot be iterated, so that no result depends on its
 * internal order.
 */
public final class Slots {
    private static final int FIRST_CAPACITY = 256;

    public static final Slots EMPTY = new Slots(Ints.EMPTY, FIRST_CAPACITY, 0);

    private final Ints table;
    private final int capacity;
    private final int count;

    private Slots(Ints table, int capacity, int count) {
        this.table = table;
        this.capacity = capacity;
        this.count = count;
    }

    /**
     * Looks up a key.
     *
     * @param hash hash of the key
     * @param same tests whether the key of a slot equals the one looked up
     * @return the slot, or −1
     */
    public int find(int hash, IntPredicate same) {
        return find(table.chunks(), capacity, hash, same);
    }

    private static int find(int[] @Nullable [] table, int capacity, int hash, IntPredicate same) {
        for (int at = home(hash, capacity); ; at = (at + 1) & (capacity - 1)) {
            int entry = Ints.read(table, at);
            if (entry == 0) {
                return -1;
            }
            if (same.test(entry - 1)) {
                return entry - 1;
            }
        }
    }

    /** Returns a mutable continuation. */
    public Draft draft() {
        return new Draft(this);
    }

    private static int home(int hash, int capacity) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) & (capacity - 1);
    }

    /** The mutable continuation of {@link Slots}. Not thread-safe. */
    public static final class Draft implements Continuation<Slots> {
        private Ints.Draft table;
        private int capacity;
        private int count;

        private Draft(Slots from) {
            table = from.table.draft();
            capacity = from.capacity;
            count = from.count;
        }

        public int find(int hash, IntPredicate same) {
            return Slots.find(table.chunks(), capacity, hash, same);
        }

        /**
         * Adds a slot whose key is not in the index.
         *
         * @param hashOf returns the hash of a slot's key; called for all slots when the table grows
         */
        public void insert(int slot, IntUnaryOperator hashOf) {
            if ((count + 1) * 2 > capacity) {
                grow(hashOf);
            }
            place(slot, hashOf.applyAsInt(slot));
            count++;
        }

        /** Removes a slot that is in the index. */
        public void remove(int slot, IntUnaryOperator hashOf) {
            int mask = capacity - 1;
            int hole = home(hashOf.applyAsInt(slot), capacity);
            while (table.get(hole) != slot + 1) {
                hole = (hole + 1) & mask;
            }
            for (int at = (hole + 1) & mask; table.get(at) != 0; at = (at + 1) & mask) {
                int home = home(hashOf.applyAsInt(table.get(at) - 1), capacity);
                if (((at - home) & mask) >= ((at - hole) & mask)) {
                    table.set(hole, table.get(at));
                    hole = at;
                }
            }
            table.set(hole, 0);
            count--;
        }

        @Override
        public Slots content(boolean sealed) {
            return new Slots(table.content(sealed), capacity, count);
        }

        private void place(int slot, int hash) {
            int at = home(hash, capacity);
            while (table.get(at) != 0) {
                at = (at + 1) & (capacity - 1);
            }
            table.set(at, slot + 1);
        }

        private void grow(IntUnaryOperator hashOf) {
            Ints.Draft old = table;
            int oldCapacity = capacity;
            table = Ints.EMPTY.draft();
            capacity = oldCapacity * 2;
            for (int at = 0; at < oldCapacity; at++) {
                int entry = old.get(at);
                if (entry != 0) {
                    place(entry - 1, hashOf.applyAsInt(entry - 1));
                }
            }
        }
    }
}
