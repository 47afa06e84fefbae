package dev.freshet.model.settings;

/**
 * Parameters of queries over baskets. They are neither learned nor stored: the same model can be
 * read with other settings ({@link dev.freshet.model.Model#withBaskets}), so a search over them
 * needs no replay. The defaults were chosen on held-out training items and on the first three
 * tenths of streams (decisions 090 and 232).
 *
 * @param sourceExponent a, 0 to 2: the weight of a user's item that n baskets hold is n⁻ᵃ
 * @param targetExponent b, 0 to 2: the score of a candidate that n baskets hold is scaled by n⁻ᵇ
 * @param sizeExponent c, 0 to 2: the weight of a basket of n entries is n⁻ᶜ
 * @param halfHistory number of items back in the user's history at which the weight for
 *     co-occurrence is halved, &gt; 0
 * @param dislike 0 to 1: the share that a disliked item subtracts from the baskets that hold it
 * @param nextSourceExponent 0 to 2: the exponent {@code sourceExponent} for next-item scores
 * @param nextTargetExponent 0 to 2: the exponent {@code targetExponent} for next-item scores
 * @param nextHalfDistance number of entries beyond the adjacent one at which a next-item score is
 *     halved, &gt; 0
 * @param nextDecay 0 to 1: factor of the weight from each of the user's items to the one before it
 * @param nextHalfHours age in hours, relative to the user's latest item, at which the weight of an
 *     earlier item is halved, &gt; 0: a soft end of the session
 */
public record BasketSettings(
        double sourceExponent,
        double targetExponent,
        double sizeExponent,
        double halfHistory,
        double dislike,
        double nextSourceExponent,
        double nextTargetExponent,
        double nextHalfDistance,
        double nextDecay,
        double nextHalfHours) {
    /** The defaults. */
    public static final BasketSettings DEFAULT =
            new BasketSettings(0.5, 0.3, 0.8, 100, 0.25, 0.3, 0.25, 7, 0.8, 12);

    public BasketSettings {
        between(sourceExponent, 0, 2, "sourceExponent");
        between(targetExponent, 0, 2, "targetExponent");
        between(sizeExponent, 0, 2, "sizeExponent");
        between(halfHistory, 1e-3, 1e9, "halfHistory");
        between(dislike, 0, 1, "dislike");
        between(nextSourceExponent, 0, 2, "nextSourceExponent");
        between(nextTargetExponent, 0, 2, "nextTargetExponent");
        between(nextHalfDistance, 1e-3, 1e9, "nextHalfDistance");
        between(nextDecay, 0, 1, "nextDecay");
        between(nextHalfHours, 1e-3, 1e9, "nextHalfHours");
    }

    private static void between(double value, double least, double most, String name) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most);
        }
    }
}
