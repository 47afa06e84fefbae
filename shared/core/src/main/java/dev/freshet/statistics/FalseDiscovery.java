package dev.freshet.statistics;

import java.util.Arrays;

/**
 * Chooses the discoveries among several metrics so that the expected share of false ones is at most
 * α, by the e-BH procedure (Wang and Ramdas, False discovery rate control with e-values, JRSS B
 * 2022). It holds however the metrics depend on each other, and at every look.
 */
public final class FalseDiscovery {
    private FalseDiscovery() {}

    /**
     * Returns which hypotheses are rejected: the k with the largest evidence, where k is the
     * largest number with e₍ₖ₎ ≥ m / (k α).
     *
     * @param logE ln of the e-value of each of the m hypotheses
     * @param alpha greater than 0, less than 1
     */
    public static boolean[] rejected(double[] logE, double alpha) {
        double[] rising = logE.clone();
        Arrays.sort(rising);
        double least = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= rising.length; k++) {
            double evidence = rising[rising.length - k];
            if (evidence >= Math.log(rising.length / (k * alpha))) {
                least = evidence;
            }
        }
        boolean[] rejected = new boolean[logE.length];
        for (int at = 0; at < logE.length; at++) {
            rejected[at] = logE[at] >= least;
        }
        return rejected;
    }
}
