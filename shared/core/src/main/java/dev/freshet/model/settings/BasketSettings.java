package dev.freshet.model.settings;

/**
 * How baskets are read when something is asked of them. Nothing here is part of what is learned or
 * kept: the same model can be read under other settings ({@link dev.freshet.model.Model#reading}),
 * so a search over them replays nothing. Chosen on held-out training items and on the first three
 * tenths of streams (decision 090).
 *
 * @param sourceExponent a, 0 to 2: an item of the reader's that stands in n baskets counts n⁻ᵃ
 * @param targetExponent b, 0 to 2: a candidate that stands in n baskets is scaled by n⁻ᵇ
 * @param sizeExponent c, 0 to 2: a basket of n entries counts n⁻ᶜ
 * @param sharpness q in quarters above 1, 0 to 4: the weight of a basket counts to the power of 1 +
 *     sharpness/4, so that likely companions speak louder
 * @param halfHistory items back in the reader's history at which co-occurrence is halved, &gt; 0
 * @param dislike 0 to 1: what a disliked item of the reader's takes off the baskets that hold it
 * @param nextSourceExponent as {@code sourceExponent}, for what comes next
 * @param nextTargetExponent as {@code targetExponent}, likewise
 * @param nextHalfDistance entries beyond the first at which being next is halved, &gt; 0
 * @param nextDecay 0 to 1: the weight of each item further back in the reader's history
 * @param nextHalfHours hours before the reader's latest item at which an earlier one is halved,
 *     &gt; 0: a soft end of the session
 */
public record BasketSettings(
        double sourceExponent,
        double targetExponent,
        double sizeExponent,
        int sharpness,
        double halfHistory,
        double dislike,
        double nextSourceExponent,
        double nextTargetExponent,
        double nextHalfDistance,
        double nextDecay,
        double nextHalfHours) {
    public static final BasketSettings DEFAULT =
            new BasketSettings(0.5, 0.2, 0.6, 1, 100, 0.25, 0.3, 0.25, 7, 0.8, 12);

    public BasketSettings {
        between(sourceExponent, 0, 2, "sourceExponent");
        between(targetExponent, 0, 2, "targetExponent");
        between(sizeExponent, 0, 2, "sizeExponent");
        between(sharpness, 0, 4, "sharpness");
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
