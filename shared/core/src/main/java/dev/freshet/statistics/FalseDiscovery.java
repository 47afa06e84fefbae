package dev.freshet.statistics;

import java.util.Arrays;

/**
 * Chooses the discoveries among several hypotheses so that the expected share of false ones is at
 * most α.
 */
public final class FalseDiscovery {
    private FalseDiscovery() {}

    /**
     * Returns which hypotheses are rejected at one of many looks, by the e-BH procedure (Wang and
     * Ramdas, False discovery rate control with e-values, JRSS B 2022): the k with the largest
     * evidence, where k is the largest number with e₍ₖ₎ ≥ m / (k α). It holds however the
     * hypotheses depend on each other, and at every look.
     *
     * @param logE ln of the e-value of each of the m hypotheses
     * @param alpha greater than 0, less than 1
     */
    public static boolean[] ofEvidence(double[] logE, double alpha) {
        double[] rising = logE.clone();
        Arrays.sort(rising);
        double least = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= rising.length; k++) {
            double evidence = rising[rising.length - k];
            if (evidence >= Math.log(rising.length / (k * alpha))) {
                least = evidence;
            }
        }
        return atLeast(least, logE);
    }

    /**
     * Returns which hypotheses are rejected at a single look (Benjamini and Hochberg, Controlling
     * the false discovery rate, JRSS B 1995): the k with the least p, where k is the largest number
     * with p₍ₖ₎ ≤ k α / m. It holds for independent tests and those that depend on each other
     * positively.
     *
     * @param p of each of the m hypotheses, 0 to 1
     * @param alpha greater than 0, less than 1
     */
    public static boolean[] ofChances(double[] p, double alpha) {
        double[] negative = Arrays.stream(p).map(one -> -one).toArray();
        double[] rising = p.clone();
        Arrays.sort(rising);
        double most = -1;
        for (int k = 1; k <= rising.length; k++) {
            if (rising[k - 1] <= k * alpha / rising.length) {
                most = rising[k - 1];
            }
        }
        return atLeast(-most, negative);
    }

    private static boolean[] atLeast(double least, double[] values) {
        boolean[] chosen = new boolean[values.length];
        for (int at = 0; at < values.length; at++) {
            chosen[at] = values[at] >= least;
        }
        return chosen;
    }
}
