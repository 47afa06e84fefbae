package dev.freshet.model.rows;

/**
 * Selects the n best of a sequence of (key, score) pairs by a binary heap with the worst on top. Of
 * equal scores, the one offered first is better. O(log n) for a pair that enters, one comparison
 * for one that does not.
 */
public final class TopN {
    private final int[] keys;
    private final float[] scores;
    private final int[] turns;
    private int size;
    private int turn;

    /** Creates a selection of at most n pairs. */
    public TopN(int n) {
        keys = new int[n];
        scores = new float[n];
        turns = new int[n];
    }

    /** Offers a pair. */
    public void offer(int key, float score) {
        int mine = turn++;
        if (size < keys.length) {
            int at = size++;
            set(at, key, score, mine);
            while (at > 0 && worse(at, (at - 1) / 2)) {
                swap(at, (at - 1) / 2);
                at = (at - 1) / 2;
            }
        } else if (keys.length > 0 && score > scores[0]) {
            set(0, key, score, mine);
            sink();
        }
    }

    /**
     * Returns the score that a pair must exceed to enter; −∞ while fewer than n pairs are selected.
     */
    public float floor() {
        return size < keys.length || size == 0 ? Float.NEGATIVE_INFINITY : scores[0];
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
            scoresOut[size - 1] = scores[0];
            size--;
            set(0, keys[size], scores[size], turns[size]);
            sink();
        }
    }

    private void sink() {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child + 1 < size && worse(child + 1, child)) {
                child++;
            }
            if (child >= size || !worse(child, at)) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private boolean worse(int a, int b) {
        return scores[a] < scores[b] || (scores[a] == scores[b] && turns[a] > turns[b]);
    }

    private void set(int at, int key, float score, int turn) {
        keys[at] = key;
        scores[at] = score;
        turns[at] = turn;
    }

    private void swap(int a, int b) {
        int key = keys[a];
        float score = scores[a];
        int mine = turns[a];
        set(a, keys[b], scores[b], turns[b]);
        set(b, key, score, mine);
    }
}
