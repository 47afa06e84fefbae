package dev.freshet.bench.rerank;

/**
 * A tree that tells chosen items from those that the blend expected: the chosen item is a row of
 * class 1, and every item one of class 0 that weighs its chance. Where the chances are right the
 * two are distributed alike, no split gains anything, and all log odds are zero.
 */
final class TreeReranker implements Reranker {
    /** Weight of the rows between two attempts to split a leaf: those of 100 choices. */
    private static final double GRACE = 200;

    /** Chances below this are not learned. */
    private static final double LEAST_SHARE = 1e-9;

    private static final double LEAST_GAIN = 0.01;

    private final HoeffdingTree tree;

    TreeReranker(int signals, HoeffdingTree.Leaves leaves) {
        tree = new HoeffdingTree(signals, leaves, GRACE, LEAST_GAIN);
    }

    @Override
    public double[] added(double[][] items) {
        double[] added = new double[items.length];
        for (int at = 0; at < items.length; at++) {
            added[at] = tree.logOdds(items[at]);
        }
        return added;
    }

    @Override
    public void learn(double[][] items, double[] scores, int chosen) {
        double[] shares = ChoiceShares.of(scores, new double[scores.length]);
        for (int at = 0; at < items.length; at++) {
            if (shares[at] > LEAST_SHARE) {
                tree.learn(items[at], 0, shares[at]);
            }
        }
        tree.learn(items[chosen], 1, 1);
    }
}
