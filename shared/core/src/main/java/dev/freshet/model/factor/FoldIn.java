package dev.freshet.model.factor;

/**
 * A reader's vector, solved for from the items met: p = (a Σ q qᵀ over all items + Σ w q qᵀ + λ
 * I)⁻¹ Σ w q over those met, as in implicit matrix factorization (Hu, Koren, Volinsky 2008): what
 * was met should come to 1, everything else, with little weight, to 0. At most {@value #MOST_ITEMS}
 * items, newest first, each worth half of what the one {@value #HALF} places before it is.
 *
 * <p>Cost: about 150 multiplications an item and 1,500 for the solution.
 */
public final class FoldIn {
    public static final int MOST_ITEMS = 20;

    /** Places back at which an item is worth half. */
    static final int HALF = 10;

    /** a: the weight of an item not met. */
    static final double NO_INTERACTION = 0.1;

    /** λ. */
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
     * The next item, newest first; past {@value #MOST_ITEMS} ignored.
     *
     * @param strength what it is worth beside others of its place, &gt; 0
     * @return its weight; 0 where it was ignored
     */
    public double add(float[] vector, float strength) {
        if (items == MOST_ITEMS) {
            return 0;
        }
        double weight = WEIGHTS[items++] * strength;
        Gram.add(gram, vector, weight);
        for (int at = 0; at < Gram.RANK; at++) {
            right[at] += weight * vector[at];
        }
        return weight;
    }

    public boolean isEmpty() {
        return items == 0;
    }

    public boolean isFull() {
        return items == MOST_ITEMS;
    }

    /** The reader's vector; all zeros without items. To be asked once, after the last item. */
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
     * The vector as it would be if an item had less weight: exact, by one substitution (Sherman,
     * Morrison 1950).
     *
     * @param user what {@link #solve} came to
     * @param item a vector that was added
     * @param gone of its weight, ≥ 0
     */
    public float[] without(float[] user, float[] item, double gone) {
        double[] moved = new double[Gram.RANK];
        for (int at = 0; at < Gram.RANK; at++) {
            moved[at] = item[at];
        }
        Gram.substitute(gram, moved);
        double interactions = 0;
        double itself = 0;
        for (int at = 0; at < Gram.RANK; at++) {
            interactions += (double) item[at] * user[at];
            itself += item[at] * moved[at];
        }
        double scale = gone * (1 - interactions) / (1 - gone * itself);
        float[] rest = new float[Gram.RANK];
        for (int at = 0; at < Gram.RANK; at++) {
            rest[at] = (float) (user[at] - scale * moved[at]);
        }
        return rest;
    }

    /** Halved every {@value #HALF} places, by multiplication alone. */
    private static double[] weights() {
        double root = 0.9330329915368074; // 2^(−1/10)
        double[] weights = new double[MOST_ITEMS];
        double weight = 1;
        for (int place = 0; place < MOST_ITEMS; place++) {
            weights[place] = weight;
            weight *= root;
        }
        return weights;
    }
}
