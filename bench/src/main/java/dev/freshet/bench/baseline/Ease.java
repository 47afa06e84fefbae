package dev.freshet.bench.baseline;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A linear model of items by items without a diagonal: EASE of Steck, "Embarrassingly Shallow
 * Autoencoders for Sparse Data" (WWW 2019, §3.1).
 *
 * <p>With X the matrix of people and items, G = XᵀX and P = (G + λ I)⁻¹, the weights are B = I − P
 * · diag(1 / diag P), so that the diagonal is 0 and Bᵢⱼ = −Pᵢⱼ / Pⱼⱼ; a person's scores are x · B.
 *
 * <p>Training inverts a dense matrix: O(items³) operations and 36 · items² bytes, so at most
 * {@value #MAX_ITEMS} items are supported. Scoring costs O(history · items).
 */
final class Ease implements Retrained.Batch {
    /** Maximum number of items, for which the training takes 340 MB. */
    static final int MAX_ITEMS = 3_072;

    private final double regularization;
    private float[][] weights = new float[0][];

    /**
     * Creates an untrained method.
     *
     * @param regularization λ, above 0
     */
    Ease(double regularization) {
        if (!(regularization > 0)) {
            throw new IllegalArgumentException("the regularization must be above 0");
        }
        this.regularization = regularization;
    }

    @Override
    public void train(Histories people, int items) {
        if (items > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    items + " items exceed the limit of the dense matrix");
        }
        RealMatrix inverse =
                new CholeskyDecomposition(new Array2DRowRealMatrix(gram(people, items), false))
                        .getSolver()
                        .getInverse();
        weights = new float[items][items];
        for (int from = 0; from < items; from++) {
            for (int to = 0; to < items; to++) {
                weights[from][to] =
                        from == to
                                ? 0
                                : (float) -(inverse.getEntry(from, to) / inverse.getEntry(to, to));
            }
        }
    }

    /** Returns G + λ I. */
    private double[][] gram(Histories people, int items) {
        double[][] gram = new double[items][items];
        for (int person = 0; person < people.owners(); person++) {
            for (int one : people.items(person)) {
                for (int other : people.items(person)) {
                    gram[one][other]++;
                }
            }
        }
        for (int item = 0; item < items; item++) {
            gram[item][item] += regularization;
        }
        return gram;
    }

    @Override
    public void score(int[] history, float[] scores) {
        Arrays.fill(scores, 0);
        int known = Math.min(scores.length, weights.length);
        for (int from : history) {
            for (int item = 0; from < weights.length && item < known; item++) {
                scores[item] += weights[from][item];
            }
        }
    }
}
