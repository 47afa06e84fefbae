package dev.freshet.model.factor;

/**
 * One item's vector a step nearer to the solution of implicit matrix factorization, from one
 * meeting. For an item met n times in T interactions by readers p the solution makes
 *
 * <pre>Σ (1 − p·q) p over its n meetings − a T C q − n λ (q − c) = 0</pre>
 *
 * where C is the mean of p pᵀ over all interactions, which stands for all the times that the item
 * was not met, and c the projection of the item's content. The step is Newton's for one meeting's
 * share of it, with n C in place of the item's own Σ p pᵀ: C is one matrix for all items, so
 * nothing is kept per item but q. The first steps are long, 1 / (n + 2), later ones {@value
 * #LEAST}, so that it never stops learning.
 *
 * <p>Needs no sampled negatives, changes one row, costs two products and one solution: about 2,500
 * multiplications.
 */
final class ItemStep {
    /** a: the weight of an interaction with something else. */
    private static final double OTHERS = 0.002;

    /** λ. */
    private static final double RIDGE = 0.01;

    /** Keeps the curvature from vanishing where readers have not yet spread. */
    private static final double DAMPING = 0.05;

    static final double LEAST = 0.05;

    private ItemStep() {}

    /**
     * Moves a vector.
     *
     * @param item the vector, written over
     * @param user folded in from what was met before
     * @param ofReaders C
     * @param content c
     * @param times n, this one included
     * @param interactions T
     */
    static void move(
            float[] item,
            float[] user,
            double[] ofReaders,
            float[] content,
            int times,
            double interactions) {
        double others = OTHERS * interactions / times;
        double error = 1;
        for (int at = 0; at < Gram.RANK; at++) {
            error -= (double) user[at] * item[at];
        }
        double[] slope = Gram.times(ofReaders, item);
        double[] curvature = new double[Gram.SIZE];
        for (int at = 0; at < Gram.SIZE; at++) {
            curvature[at] = (1 + others) * ofReaders[at];
        }
        for (int at = 0; at < Gram.RANK; at++) {
            slope[at] = error * user[at] - others * slope[at] - RIDGE * (item[at] - content[at]);
            curvature[at * (at + 1) / 2 + at] += RIDGE + DAMPING;
        }
        Gram.solve(curvature, slope);
        double length = Math.max(LEAST, 1.0 / (times + 2));
        for (int at = 0; at < Gram.RANK; at++) {
            item[at] = (float) (item[at] + length * slope[at]);
        }
    }
}
