package dev.freshet.model.popularity;

import dev.freshet.bytes.Form;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.IntFloats;

/**
 * The items of the latest {@value #MOST} interactions of positive strength over all users, as a
 * ring: popularity at the present moment, at constant cost.
 *
 * @param items the ring
 * @param count total number of interactions so far; once the ring is full, its oldest element is at
 *     {@code count % MOST}
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; never modified
public record RecentInteractions(int[] items, long count) {
    static final int MOST = 256;
    static final int HALF = 16;
    private static final float[] DECAY = new float[MOST];

    static {
        for (int ago = 0; ago < MOST; ago++) {
            DECAY[ago] = (float) StrictMath.pow(2, -(double) ago / HALF);
        }
    }

    public static final RecentInteractions EMPTY = new RecentInteractions(new int[MOST], 0);

    int size() {
        return (int) Math.min(MOST, count);
    }

    /** Returns the item of the interaction this many interactions ago, from 0. */
    int back(int ago) {
        return items[(int) Math.floorMod(count - 1 - ago, (long) MOST)];
    }

    /**
     * Returns the number of interactions by item, halved every {@value #HALF} interactions back.
     */
    public IntFloats latest() {
        IntFloats latest = new IntFloats(MOST);
        for (int ago = 0; ago < size(); ago++) {
            latest.add(back(ago), DECAY[ago]);
        }
        return latest;
    }

    /** Returns the number of interactions by item. */
    public IntFloats counts() {
        IntFloats counts = new IntFloats(MOST);
        for (int ago = 0; ago < size(); ago++) {
            counts.add(back(ago), 1);
        }
        return counts;
    }

    /** Returns a mutable continuation. */
    public Draft draft() {
        return new Draft(this);
    }

    /** Returns the form of the ring over so many items: its items, oldest first. */
    public static Form<RecentInteractions> form(int items) {
        return fields -> {
            long count = fields.varint(RecentInteractions::count);
            int[] ring = new int[MOST];
            for (long turn = Math.max(0, count - MOST); turn < count; turn++) {
                int at = (int) Math.floorMod(turn, (long) MOST);
                ring[at] = fields.upTo(items - 1, recent -> recent.items[at]);
            }
            return new RecentInteractions(ring, count);
        };
    }

    /** The mutable continuation of {@link RecentInteractions}. */
    public static final class Draft implements Continuation<RecentInteractions> {
        private int[] items;
        private long count;
        private boolean owned;

        private Draft(RecentInteractions from) {
            items = from.items;
            count = from.count;
        }

        /** Adds an interaction with an item. */
        public void interacted(int item) {
            if (!owned) {
                items = items.clone();
                owned = true;
            }
            items[(int) Math.floorMod(count, (long) MOST)] = item;
            count++;
        }

        @Override
        public RecentInteractions content(boolean sealed) {
            return new RecentInteractions(sealed && owned ? items.clone() : items, count);
        }
    }
}
