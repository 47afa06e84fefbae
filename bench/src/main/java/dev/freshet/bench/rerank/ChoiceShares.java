package dev.freshet.bench.rerank;

/** Chances that are proportional to the exponential of scores. */
final class ChoiceShares {
    private ChoiceShares() {}

    /** Returns the chances of the sums of two scores each. */
    static double[] of(double[] scores, double[] added) {
        double[] shares = new double[scores.length];
        double best = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < shares.length; at++) {
            shares[at] = scores[at] + added[at];
            best = Math.max(best, shares[at]);
        }
        double sum = 0;
        for (int at = 0; at < shares.length; at++) {
            shares[at] = Math.exp(shares[at] - best);
            sum += shares[at];
        }
        for (int at = 0; at < shares.length; at++) {
            shares[at] /= sum;
        }
        return shares;
    }
}
