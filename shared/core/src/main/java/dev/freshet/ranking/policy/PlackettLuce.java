package dev.freshet.ranking.policy;

import dev.freshet.ranking.policy.Softmax.Draw;
import java.util.random.RandomGenerator;

/**
 * The policy of Plackett and Luce: each place goes to an open alternative with odds exp(worth / T),
 * so near equals change places and what is clearly better stays on top. The probability of each
 * draw given the places above is known exactly when it is drawn.
 *
 * <p>T is a temperature times the standard deviation of the worth over the pool before anything is
 * placed, so that one temperature suits scores of any scale. Cost: an exponential for each place
 * and alternative.
 */
public final class PlackettLuce {
    private final double scale;

    /** Whether alternatives of equal worth are drawn evenly, in place of the first one taken. */
    private final boolean byChance;

    /**
     * Creates a policy with a T of its own.
     *
     * @param scale T, 0 or more
     */
    PlackettLuce(double scale, boolean byChance) {
        this.scale = scale;
        this.byChance = byChance;
    }

    /**
     * Returns the policy for one list.
     *
     * @param temperature 0 or more; at 0 the best is always taken
     * @param pool before anything is placed
     */
    public static PlackettLuce of(double temperature, Pool pool) {
        return new PlackettLuce(temperature * deviation(pool), temperature > 0);
    }

    /**
     * Draws the next place.
     *
     * @param pool with at least one open alternative
     * @param random asked for one number
     */
    public Draw draw(Pool pool, RandomGenerator random) {
        return Softmax.draw(logOdds(pool), random);
    }

    /**
     * Returns the probability of each alternative at the next place; 0 for one that is not open.
     */
    double[] probabilities(Pool pool) {
        return Softmax.probabilities(logOdds(pool));
    }

    /**
     * Returns the logarithm of an alternative's probability at the next place; negative infinity
     * for one that cannot be drawn.
     */
    double logProbability(Pool pool, int index) {
        double[] logOdds = logOdds(pool);
        double sum = 0;
        for (double one : logOdds) {
            sum += Math.exp(one);
        }
        return sum == 0 ? Double.NEGATIVE_INFINITY : logOdds[index] - Math.log(sum);
    }

    /**
     * Returns the log odds of each alternative; negative infinity for one that is not open. The
     * highest is 0.
     */
    private double[] logOdds(Pool pool) {
        double[] logOdds = new double[pool.size()];
        double highest = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < logOdds.length; at++) {
            logOdds[at] = pool.open(at) ? pool.worth(at) : Double.NEGATIVE_INFINITY;
            highest = Math.max(highest, logOdds[at]);
        }
        boolean taken = false;
        for (int at = 0; at < logOdds.length; at++) {
            double behind = logOdds[at] - highest;
            if (scale > 0) {
                logOdds[at] = behind / scale;
            } else {
                logOdds[at] = behind == 0 && (byChance || !taken) ? 0 : Double.NEGATIVE_INFINITY;
                taken |= behind == 0;
            }
        }
        return logOdds;
    }

    private static double deviation(Pool pool) {
        double sum = 0;
        double squares = 0;
        int open = 0;
        for (int at = 0; at < pool.size(); at++) {
            if (pool.open(at)) {
                sum += pool.worth(at);
                open++;
            }
        }
        for (int at = 0; at < pool.size(); at++) {
            if (pool.open(at)) {
                double distance = pool.worth(at) - sum / open;
                squares += distance * distance;
            }
        }
        return open == 0 ? 0 : Math.sqrt(squares / open);
    }
}
