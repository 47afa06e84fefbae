package dev.freshet.model.rows;

/**
 * Selects the n best of a sequence of (key, score) pairs by a binary heap with the worst on top. Of
 * equal scores, the one offered first is better. O(log n) for a pair that enters, one comparison
 * for one that does not.
 *
 * <p>Score and turn are one number, so that two pairs are ordered by a single comparison: above,
 * the bits of the score as an int that has the order of the scores; below, the turn counted
 * backwards.
 */
public final class TopN {
    private final int[] keys;
    private final long[] ranks;
    private int size;
    private int turn;

    /** Creates a selection of at most n pairs. */
    public TopN(int n) {
        keys = new int[n];
        ranks = new long[n];
    }

    /** Offers a pair; zeros are equal, whatever their sign. */
    public void offer(int key, float score) {
        long rank = rank(score, turn++);
        if (size < keys.length) {
            int at = size++;
            while (at > 0 && rank < ranks[(at - 1) / 2]) {
                move((at - 1) / 2, at);
                at = (at - 1) / 2;
            }
            set(at, key, rank);
        } else if (keys.length > 0 && score > score(ranks[0])) {
            sink(key, rank);
        }
    }

    /**
     * Returns the score that a pair must exceed to enter; −∞ while fewer than n pairs are selected.
     */
    public float floor() {
        return size < keys.length || size == 0 ? Float.NEGATIVE_INFINITY : score(ranks[0]);
    }

    /** Returns the number of pairs selected, at most n. */
    public int size() {
        return size;
    }

    /**
     * Removes all pairs, writing the keys to {@code keysOut} and the scores to {@code scoresOut},
     * best first; both arrays are as long as {@link #size}.
     */
    public void drain(int[] keysOut, float[] scoresOut) {
        while (size > 0) {
            keysOut[size - 1] = keys[0];
            scoresOut[size - 1] = score(ranks[0]);
            size--;
            sink(keys[size], ranks[size]);
        }
    }

    /** Puts a pair in the place of the worst one. */
    private void sink(int key, long rank) {
        int at = 0;
        int child = 1;
        while (child < size) {
            child += child + 1 < size && ranks[child + 1] < ranks[child] ? 1 : 0;
            if (ranks[child] >= rank) {
                break;
            }
            move(child, at);
            at = child;
            child = 2 * at + 1;
        }
        set(at, key, rank);
    }

    private void move(int from, int to) {
        set(to, keys[from], ranks[from]);
    }

    private void set(int at, int key, long rank) {
        keys[at] = key;
        ranks[at] = rank;
    }

    private static long rank(float score, int turn) {
        return ((long) ordered(Float.floatToIntBits(score + 0f)) << Integer.SIZE)
                | (Integer.MAX_VALUE - turn);
    }

    private static float score(long rank) {
        return Float.intBitsToFloat(ordered((int) (rank >> Integer.SIZE)));
    }

    /** Maps the bits of a float to an int of the same order, and back. */
    private static int ordered(int bits) {
        return bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE);
    }
}
