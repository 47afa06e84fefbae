package dev.freshet.ranking.policy;

import java.util.random.RandomGenerator;

/** A draw with odds that grow exponentially with a score. */
public final class Softmax {
    /**
     * One of several alternatives, drawn by chance.
     *
     * @param index of the alternative
     * @param probability of this draw given the draws before, greater than 0, at most 1
     */
    public record Draw(int index, double probability) {}

    private Softmax() {}

    /**
     * Returns the probability of each alternative.
     *
     * @param logOdds at least one is finite; what is negative infinity has no chance
     */
    static double[] probabilities(double[] logOdds) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double one : logOdds) {
            highest = Math.max(highest, one);
        }
        double[] probabilities = new double[logOdds.length];
        double sum = 0;
        for (int at = 0; at < probabilities.length; at++) {
            probabilities[at] = Math.exp(logOdds[at] - highest);
            sum += probabilities[at];
        }
        for (int at = 0; at < probabilities.length; at++) {
            probabilities[at] /= sum;
        }
        return probabilities;
    }

    /**
     * Draws one alternative.
     *
     * @param logOdds at least one is finite; what is negative infinity is never drawn
     * @param random asked for one number
     */
    public static Draw draw(double[] logOdds, RandomGenerator random) {
        double[] probabilities = probabilities(logOdds);
        double left = random.nextDouble();
        int drawn = 0;
        for (int at = 0; at < probabilities.length && left >= 0; at++) {
            if (probabilities[at] > 0) {
                drawn = at;
                left -= probabilities[at];
            }
        }
        return new Draw(drawn, probabilities[drawn]);
    }
}
