package dev.freshet.bench.experiment;

import dev.freshet.ranking.policy.LogRatios;
import dev.freshet.ranking.policy.PlackettLuce;
import dev.freshet.ranking.policy.Pool.FixedPool;
import dev.freshet.ranking.policy.Softmax.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Lists of ten from pools of 30 whose true chances of a click are known. A ranker knows what an
 * item is worth up to noise as large as the differences; its shadow knows it better.
 */
final class SimulatedLists {
    /** Pools of items, each for some of the requests. */
    static final int CONTEXTS = 50;

    static final int PLACES = 10;
    private static final int POOL = 30;

    /** Chance of a click on an item of usual worth at the first place. */
    private static final double USUAL = 0.12;

    /** What is left of the chance of a click where a place above was clicked. */
    private static final double AFTER_CLICK = 0.7;

    private final double temperature;
    private final double shadowTemperature;
    private final double[][] truth = new double[CONTEXTS][POOL];
    private final double[][] logged = new double[CONTEXTS][POOL];
    private final double[][] shadow = new double[CONTEXTS][POOL];

    /**
     * Creates pools.
     *
     * @param temperature of the draws
     * @param shadowTemperature of the shadow's draws; 0 for one that takes the best
     * @param closer how far the shadow's scores are from the logged ones towards the truth, 0 to 1
     */
    SimulatedLists(double temperature, double shadowTemperature, double closer, long seed) {
        this.temperature = temperature;
        this.shadowTemperature =
                shadowTemperature > 0 ? shadowTemperature : LogRatios.LEAST_TEMPERATURE;
        SplittableRandom random = new SplittableRandom(seed);
        for (int context = 0; context < CONTEXTS; context++) {
            for (int item = 0; item < POOL; item++) {
                truth[context][item] = random.nextGaussian();
                logged[context][item] = truth[context][item] + random.nextGaussian();
                shadow[context][item] =
                        logged[context][item]
                                + closer * (truth[context][item] - logged[context][item]);
            }
        }
    }

    /** Returns a list as it is shown. */
    List<Draw> drawn(int context, RandomGenerator random) {
        return draw(logged[context], temperature, random);
    }

    /** Returns a list as the shadow would show it. */
    List<Draw> drawnByShadow(int context, RandomGenerator random) {
        return draw(shadow[context], shadowTemperature, random);
    }

    private static List<Draw> draw(double[] worth, double temperature, RandomGenerator random) {
        FixedPool pool = new FixedPool(worth);
        PlackettLuce policy = PlackettLuce.of(temperature, pool);
        List<Draw> list = new ArrayList<>(PLACES);
        for (int place = 0; place < PLACES; place++) {
            Draw draw = policy.draw(pool, random);
            pool.place(draw.index());
            list.add(draw);
        }
        return list;
    }

    /** Returns the logarithm of each place's weight for the shadow. */
    double[] logWeights(int context, List<Draw> list) {
        double[] sums =
                LogRatios.of(
                        shadowTemperature, new FixedPool(shadow[context]), list, place -> true);
        for (int place = 1; place < sums.length; place++) {
            sums[place] += sums[place - 1];
        }
        return sums;
    }

    /**
     * Returns which places are clicked.
     *
     * @param rate of the user's clicks, 1 on average
     */
    boolean[] clicks(int context, List<Draw> list, double rate, RandomGenerator random) {
        boolean[] clicks = new boolean[list.size()];
        boolean before = false;
        for (int place = 0; place < clicks.length; place++) {
            double worth = truth[context][list.get(place).index()];
            double chance =
                    rate * USUAL * Math.exp(0.5 * worth) * Math.log(2) / Math.log(place + 2);
            clicks[place] = random.nextDouble() < chance * (before ? AFTER_CLICK : 1);
            before |= clicks[place];
        }
        return clicks;
    }
}
