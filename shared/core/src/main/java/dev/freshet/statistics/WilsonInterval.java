package dev.freshet.statistics;

/**
 * The interval of a share by Wilson's score method, at 95 %: it holds for few trials and for shares
 * near 0, where the usual interval does not.
 *
 * <p>Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA
 * 1927.
 */
public final class WilsonInterval {
    private static final double Z = 1.959964;

    private WilsonInterval() {}

    /**
     * Returns the interval.
     *
     * @param successes at least 0; more than {@code trials} count as all of them
     * @param trials greater than 0; may be a decayed count
     */
    public static ConfidenceInterval of(double successes, double trials) {
        if (!(trials > 0 && successes >= 0)) {
            throw new IllegalArgumentException("a share is of at least something");
        }
        double share = Math.min(1, successes / trials);
        double square = Z * Z / trials;
        double middle = share + square / 2;
        double half = Z * Math.sqrt(share * (1 - share) / trials + square / (4 * trials));
        return new ConfidenceInterval(
                Math.max(0, (middle - half) / (1 + square)),
                Math.min(1, (middle + half) / (1 + square)));
    }
}
