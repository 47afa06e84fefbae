package dev.freshet.model.popularity;

import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.rows.IntFloats;

/**
 * The items of the latest {@value #MOST} interactions of positive strength, each as often as it was
 * met: what is hot this very moment, at no cost.
 *
 * @param items a ring
 * @param count how many were ever met; the oldest of the ring stands at {@code count % MOST} once
 *     it is full
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody changes them
public record RecentInteractions(int[] items, long count) {
    static final int MOST = 256;
    static final int HALF = 16;
    private static final float[] FADING = new float[MOST];

    static {
        for (int ago = 0; ago < MOST; ago++) {
            FADING[ago] = (float) StrictMath.pow(2, -(double) ago / HALF);
        }
    }

    public static final RecentInteractions EMPTY = new RecentInteractions(new int[MOST], 0);

    int size() {
        return (int) Math.min(MOST, count);
    }

    /** The item met so many interactions ago, from 0. */
    int back(int ago) {
        return items[(int) Math.floorMod(count - 1 - ago, (long) MOST)];
    }

    /** By item, how often it was met, halved every {@value #HALF} interactions back. */
    public IntFloats latest() {
        IntFloats latest = new IntFloats(MOST);
        for (int ago = 0; ago < size(); ago++) {
            latest.add(back(ago), FADING[ago]);
        }
        return latest;
    }

    /** By item, how often it was met. */
    public IntFloats counts() {
        IntFloats counts = new IntFloats(MOST);
        for (int ago = 0; ago < size(); ago++) {
            counts.add(back(ago), 1);
        }
        return counts;
    }

    public Draft draft() {
        return new Draft(this);
    }

    public void write(ByteSink out) {
        out.varint(count);
        for (int ago = size() - 1; ago >= 0; ago--) {
            out.varint(back(ago));
        }
    }

    public static RecentInteractions read(ByteSource in, int items) {
        long count = in.varint();
        int[] ring = new int[MOST];
        for (long turn = Math.max(0, count - MOST); turn < count; turn++) {
            ring[(int) Math.floorMod(turn, (long) MOST)] = in.upTo(items - 1);
        }
        return new RecentInteractions(ring, count);
    }

    /** The mutable continuation. */
    public static final class Draft {
        private int[] items;
        private long count;
        private boolean owned;

        private Draft(RecentInteractions from) {
            items = from.items;
            count = from.count;
        }

        public void interacted(int item) {
            if (!owned) {
                items = items.clone();
                owned = true;
            }
            items[(int) Math.floorMod(count, (long) MOST)] = item;
            count++;
        }

        public RecentInteractions peek() {
            return new RecentInteractions(items, count);
        }

        public RecentInteractions seal() {
            return new RecentInteractions(owned ? items.clone() : items, count);
        }
    }
}
