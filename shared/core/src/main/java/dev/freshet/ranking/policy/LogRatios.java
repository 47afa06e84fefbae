package dev.freshet.ranking.policy;

import dev.freshet.ranking.policy.Softmax.Draw;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * How much more or less often another policy would have drawn the places of a list: ln(π_other / π)
 * of each place, given the places above. The product of the ratios down to a place is the weight
 * with which what happened there counts for the other policy (McInerney et al., KDD 2020).
 */
public final class LogRatios {
    /**
     * The temperature at which a policy without one is evaluated. A policy that always takes the
     * best agrees with a drawn list hardly ever, so that no log could say anything about it; at
     * this temperature it is evaluated by lists that are close to its own.
     */
    public static final double LEAST_TEMPERATURE = 0.05;

    private LogRatios() {}

    /**
     * Returns the log ratio of each place.
     *
     * @param temperature of the other policy, 0 to 1; at 0 it is {@value #LEAST_TEMPERATURE}
     * @param pool what the list was drawn from, worth what the other policy says, with nothing
     *     placed; afterwards the list is placed
     * @param list the places as they were drawn, with their indices into the pool
     * @param byPolicy whether a place was drawn from the pool. Any other place was drawn in a way
     *     that both policies share, as those of newcomers are, and has a log ratio of 0
     * @return negative infinity where the other policy could not have drawn the place
     */
    public static double[] of(
            double temperature, Pool pool, List<Draw> list, IntPredicate byPolicy) {
        PlackettLuce other =
                PlackettLuce.of(temperature > 0 ? temperature : LEAST_TEMPERATURE, pool);
        double[] ratios = new double[list.size()];
        for (int place = 0; place < ratios.length; place++) {
            Draw draw = list.get(place);
            if (byPolicy.test(place)) {
                ratios[place] =
                        other.logProbability(pool, draw.index()) - Math.log(draw.probability());
            }
            pool.place(draw.index());
        }
        return ratios;
    }
}
