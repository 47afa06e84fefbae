package dev.freshet.statistics;

/**
 * Whether a count rose or fell more than all others together: a is the count of the last closed
 * period, b its mean over the n comparable periods before, g the growth of all counts together;
 * ratio = (a + ½) / (g b + ½), z = (a − g b) / √(φ g b (1 + g / n) + 1), where g / n is the part
 * that b itself is uncertain by.
 *
 * @param ratio of the count to what was to be expected
 * @param z standard errors between them
 * @param p chance of such a distance where nothing changed, on either side
 */
public record TrendScore(double ratio, double z, double p) {
    /** The ratio from which on, or below whose inverse, a change is worth telling. */
    public static final double WORTH_TELLING = 1.5;

    /** The expected share of false ones among those that are listed. */
    public static final double FALSE_SHARE = 0.1;

    /**
     * Returns the score of one count.
     *
     * @param now a
     * @param before b, the mean of the earlier periods
     * @param periods n, at least 1
     * @param growth g, greater than 0
     * @param overdispersion φ, at least 1
     */
    public static TrendScore of(
            double now, double before, int periods, double growth, double overdispersion) {
        double expected = growth * before;
        double error = Math.sqrt(overdispersion * expected * (1 + growth / periods) + 1);
        double z = (now - expected) / error;
        return new TrendScore(
                (now + 0.5) / (expected + 0.5), z, StudentDistribution.NORMAL.bothTails(z));
    }

    /** Returns whether the change is large enough to be worth telling. */
    public boolean isLarge() {
        return ratio >= WORTH_TELLING || ratio <= 1 / WORTH_TELLING;
    }

    /**
     * Returns which of several changes are listed: large ones that are discoveries by {@link
     * FalseDiscovery#ofChances} over all of them.
     */
    public static boolean[] listed(TrendScore[] all) {
        double[] p = new double[all.length];
        for (int at = 0; at < all.length; at++) {
            p[at] = all[at].p();
        }
        boolean[] listed = FalseDiscovery.ofChances(p, FALSE_SHARE);
        for (int at = 0; at < all.length; at++) {
            listed[at] &= all[at].isLarge();
        }
        return listed;
    }
}
