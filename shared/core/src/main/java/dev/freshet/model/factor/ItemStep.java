package dev.freshet.model.factor;

/**
 * One learning step of an item's vector towards the solution of implicit matrix factorization, from
 * one interaction. For an item with n of T interactions, by users with vectors p, the solution q
 * satisfies
 *
 * <pre>Σ (1 − p·q) p over its n interactions − a T C q − n λ (q − c) = 0</pre>
 *
 * where C is the mean of p pᵀ over all interactions, which represents the interactions with other
 * items, and c is the projection of the item's content. The step is Newton's for one interaction's
 * share of the equation, with n C in place of the item's own Σ p pᵀ: C is one matrix for all items,
 * so that only q is stored per item. The step length is 1 / (n + 2) at first and never less than
 * {@value #LEAST}, so that learning never stops.
 *
 * <p>Needs no sampled negatives, changes one row, and costs two products and one solution: about
 * 2,500 multiplications.
 */
final class ItemStep {
    /** a: the weight of an interaction with another item. */
    private static final double OTHERS = 0.002;

    /** λ: the ridge penalty. */
    private static final double RIDGE = 0.01;

    /**
     * Added to the curvature, which could otherwise vanish while the users' vectors span few
     * directions.
     */
    private static final double DAMPING = 0.05;

    /** The least step length. */
    static final double LEAST = 0.05;

    private ItemStep() {}

    /**
     * Moves an item's vector by one step.
     *
     * @param item the vector, overwritten
     * @param user the user's vector, folded in from earlier interactions
     * @param ofUsers C
     * @param content c
     * @param times n, including this interaction
     * @param interactions T
     */
    static void move(
            float[] item,
            float[] user,
            double[] ofUsers,
            float[] content,
            int times,
            double interactions) {
        double others = OTHERS * interactions / times;
        double error = 1;
        for (int at = 0; at < Gram.RANK; at++) {
            error -= (double) user[at] * item[at];
        }
        double[] slope = Gram.times(ofUsers, item);
        double[] curvature = new double[Gram.SIZE];
        for (int at = 0; at < Gram.SIZE; at++) {
            curvature[at] = (1 + others) * ofUsers[at];
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
