package dev.freshet.model.factor;

/**
 * Coordinates of users' vectors in which the Euclidean distance of two users is that of their
 * scores over all items: Lᵀ p, where L Lᵀ = Σ q qᵀ + λ I over the items' vectors (Cholesky). In the
 * vectors themselves the directions along which items hardly differ weigh most.
 */
public final class ScoreSpace {
    private final double[] lower;

    ScoreSpace(double[] ofItems) {
        lower = ofItems.clone();
        for (int row = 0; row < Gram.RANK; row++) {
            lower[row * (row + 1) / 2 + row] += FoldIn.RIDGE;
        }
        Gram.decompose(lower);
    }

    /** Returns the coordinates of a user's vector. */
    public double[] of(float[] user) {
        double[] coordinates = new double[Gram.RANK];
        int at = 0;
        for (int row = 0; row < Gram.RANK; row++) {
            for (int column = 0; column < row; column++) {
                coordinates[column] += lower[at++] * user[row];
            }
            coordinates[row] += user[row] / lower[at++];
        }
        return coordinates;
    }
}
