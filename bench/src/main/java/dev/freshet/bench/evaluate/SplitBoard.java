package dev.freshet.bench.evaluate;

import dev.freshet.model.rows.IntIndex;

/**
 * Results of one contender on the test lines, by user. Recall@20 and NDCG@20 as in LightGCN's
 * evaluation: found ÷ all test items; gain 1 for each found item, discounted by log₂(1 + rank),
 * over the best possible; means over users.
 */
final class SplitBoard {
    /** Number of ranks that count. */
    static final int DEPTH = 20;

    private final String name;
    private final Scoreboard.Kind kind;
    private final float[] recalls;
    private final float[] gains;
    private int users;

    /**
     * Creates an empty board.
     *
     * @param users number of users
     */
    SplitBoard(String name, Scoreboard.Kind kind, int users) {
        this.name = name;
        this.kind = kind;
        recalls = new float[users];
        gains = new float[users];
    }

    String name() {
        return name;
    }

    Scoreboard.Kind kind() {
        return kind;
    }

    /** Records the next user's list: the answer's first {@value #DEPTH} items. */
    void put(EvaluatedAnswer answer, int[] toFind) {
        IntIndex wanted = new IntIndex(toFind.length);
        for (int item : toFind) {
            wanted.orderOrInsert(item);
        }
        int found = 0;
        double gain = 0;
        double best = 0;
        for (int rank = 0; rank < DEPTH; rank++) {
            double discounted = Math.log(2) / Math.log(rank + 2);
            if (rank < wanted.size()) {
                best += discounted;
            }
            if (rank < answer.top(DEPTH) && wanted.order(answer.item(rank)) >= 0) {
                found++;
                gain += discounted;
            }
        }
        recalls[users] = (float) (found / (double) wanted.size());
        gains[users++] = (float) (gain / best);
    }

    int users() {
        return users;
    }

    float recall(int user) {
        return recalls[user];
    }

    float gain(int user) {
        return gains[user];
    }

    double recall() {
        return mean(recalls);
    }

    double ndcg() {
        return mean(gains);
    }

    private double mean(float[] values) {
        double sum = 0;
        for (int user = 0; user < users; user++) {
            sum += values[user];
        }
        return users == 0 ? 0 : sum / users;
    }
}
