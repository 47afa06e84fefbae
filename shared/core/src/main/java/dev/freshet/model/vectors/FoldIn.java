package dev.freshet.model.vectors;

/**
 * A user's vector, computed from the items the user interacted with: p = (a Σ q qᵀ over all items +
 * Σ w q qᵀ + λ I)⁻¹ Σ w q over the user's items, as in implicit matrix factorization (Hu, Koren,
 * Volinsky 2008). The target is 1 for these items and, with a small weight a, 0 for all others. At
 * most {@value #MAX_ITEMS} items, newest first; weights are halved every {@value #HALF} items.
 *
 * <p>Cost: about 150 multiplications an item and 1,500 for the solution.
 */
public final class FoldIn {
    /** The largest number of items. */
    public static final int MAX_ITEMS = 20;

    /** The number of items after which the weight is halved. */
    static final int HALF = 10;

    /** a: the weight of an item without an interaction. */
    static final double NO_INTERACTION = 0.1;

    /** λ: the ridge penalty. */
    static final double RIDGE = 0.1;

    private static final double[] WEIGHTS = weights();

    private final double[] gram;
    private final double[] right = new double[Gram.RANK];
    private int items;

    FoldIn(double[] ofAllItems) {
        gram = new double[Gram.SIZE];
        for (int at = 0; at < Gram.SIZE; at++) {
            gram[at] = NO_INTERACTION * ofAllItems[at];
        }
        for (int row = 0; row < Gram.RANK; row++) {
            gram[row * (row + 1) / 2 + row] += RIDGE;
        }
    }

    /**
     * Adds the next item, newest first; items beyond {@value #MAX_ITEMS} are ignored.
     *
     * @param strength factor of the item's weight, &gt; 0
     * @return the item's weight; 0 where it was ignored
     */
    public double add(float[] vector, float strength) {
        if (items == MAX_ITEMS) {
            return 0;
        }
        double weight = WEIGHTS[items++] * strength;
        Gram.add(gram, vector, weight);
        for (int at = 0; at < Gram.RANK; at++) {
            right[at] += weight * vector[at];
        }
        return weight;
    }

    /** Returns whether no item was added. */
    public boolean isEmpty() {
        return items == 0;
    }

    /** Returns whether further items would be ignored. */
    public boolean isFull() {
        return items == MAX_ITEMS;
    }

    /**
     * Returns the user's vector; all zeros without items. May be called once, after the last item.
     */
    public float[] solve() {
        float[] user = new float[Gram.RANK];
        if (items > 0) {
            Gram.solve(gram, right);
            for (int at = 0; at < Gram.RANK; at++) {
                user[at] = (float) right[at];
            }
        }
        return user;
    }

    /**
     * Returns the vector that results if one item has less weight. The result is exact and takes
     * one substitution (Sherman, Morrison 1950).
     *
     * @param user the result of {@link #solve}
     * @param item the vector of an item that was added
     * @param gone the weight to remove, ≥ 0
     */
    public float[] without(float[] user, float[] item, double gone) {
        double[] solution = new double[Gram.RANK];
        for (int at = 0; at < Gram.RANK; at++) {
            solution[at] = item[at];
        }
        Gram.substitute(gram, solution);
        double prediction = 0;
        double ownProduct = 0;
        for (int at = 0; at < Gram.RANK; at++) {
            prediction += (double) item[at] * user[at];
            ownProduct += item[at] * solution[at];
        }
        double scale = gone * (1 - prediction) / (1 - gone * ownProduct);
        float[] rest = new float[Gram.RANK];
        for (int at = 0; at < Gram.RANK; at++) {
            rest[at] = (float) (user[at] - scale * solution[at]);
        }
        return rest;
    }

    /**
     * Returns weights that are halved every {@value #HALF} items, computed by multiplication alone.
     */
    private static double[] weights() {
        double root = 0.9330329915368074; // 2^(−1/10)
        double[] weights = new double[MAX_ITEMS];
        double weight = 1;
        for (int place = 0; place < MAX_ITEMS; place++) {
            weights[place] = weight;
            weight *= root;
        }
        return weights;
    }
}
