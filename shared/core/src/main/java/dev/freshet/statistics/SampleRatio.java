package dev.freshet.statistics;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Whether users were split as intended. A split that differs from the intended one shows that users
 * of one arm get lost, and then no metric of the experiment can be trusted.
 *
 * <p>The evidence is the marginal likelihood of the counts, with the shares drawn from a Dirichlet
 * distribution around the intended ones, over their likelihood at the intended shares (Lindon and
 * Malek, Anytime-valid inference for multinomial count data, NeurIPS 2022). Its expectation is at
 * most 1 at every look while the split is right, so an alarm at {@value #ALARM} is false in at most
 * one of as many experiments.
 */
public final class SampleRatio {
    /** The evidence from which on a split is reported as wrong. */
    public static final double ALARM = 1_000;

    /** Weight of the intended shares in the mixture, in users. */
    static final double CONCENTRATION = 1_000;

    private SampleRatio() {}

    /**
     * Returns the logarithm of the e-value against the intended split.
     *
     * @param counts users of each arm
     * @param shares intended share of each arm, greater than 0, with a sum of 1
     */
    public static double logE(long[] counts, double[] shares) {
        double[] prior = new double[shares.length];
        for (int arm = 0; arm < shares.length; arm++) {
            prior[arm] = CONCENTRATION * shares[arm];
        }
        return logMarginal(counts, prior) - logLikelihood(counts, shares);
    }

    /** Returns whether the evidence against the intended split is enough for an alarm. */
    public static boolean alarms(long[] counts, double[] shares) {
        return logE(counts, shares) >= Math.log(ALARM);
    }

    /**
     * Returns the chance of counts as far from the intended ones, by the χ² test for a single look.
     *
     * @return 1 without users
     */
    public static double chiSquareP(long[] counts, double[] shares) {
        double users = 0;
        for (long count : counts) {
            users += count;
        }
        double distance = 0;
        for (int arm = 0; arm < counts.length && users > 0; arm++) {
            double expected = users * shares[arm];
            distance += (counts[arm] - expected) * (counts[arm] - expected) / expected;
        }
        return distance == 0
                ? 1
                : RegularizedGamma.Q.value((counts.length - 1) / 2.0, distance / 2);
    }

    /** Returns ln of the chance of one order of the counts, shares drawn from the prior. */
    static double logMarginal(long[] counts, double[] prior) {
        double weight = 0;
        double total = 0;
        double sum = 0;
        for (int arm = 0; arm < counts.length; arm++) {
            weight += prior[arm];
            total += prior[arm] + counts[arm];
            sum += LogGamma.value(prior[arm] + counts[arm]) - LogGamma.value(prior[arm]);
        }
        return sum + LogGamma.value(weight) - LogGamma.value(total);
    }

    /** Returns ln of the chance of one order of the counts at these shares. */
    static double logLikelihood(long[] counts, double[] shares) {
        double sum = 0;
        for (int arm = 0; arm < counts.length; arm++) {
            sum += counts[arm] * Math.log(shares[arm]);
        }
        return sum;
    }
}
