package dev.freshet.statistics;

import java.util.Arrays;

/**
 * Chooses the discoveries among several tests of one look so that the expected share of false ones
 * is at most α. It holds for independent tests and those that depend on each other positively.
 *
 * <p>Source: Benjamini and Hochberg, Controlling the false discovery rate, JRSS B 1995. For metrics
 * that are looked at again and again, {@link FalseDiscovery}.
 */
public final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /**
     * Returns which hypotheses are rejected: the k with the least p, where k is the largest number
     * with p₍ₖ₎ ≤ k α / m.
     *
     * @param p of each of the m hypotheses, 0 to 1
     * @param alpha greater than 0, less than 1
     */
    public static boolean[] rejected(double[] p, double alpha) {
        double[] rising = p.clone();
        Arrays.sort(rising);
        double most = -1;
        for (int k = 1; k <= rising.length; k++) {
            if (rising[k - 1] <= k * alpha / rising.length) {
                most = rising[k - 1];
            }
        }
        boolean[] rejected = new boolean[p.length];
        for (int at = 0; at < p.length; at++) {
            rejected[at] = p[at] <= most;
        }
        return rejected;
    }
}
