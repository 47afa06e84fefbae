package dev.freshet.demo;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * Mean click probabilities of personalised, popular and random lists, and of the best possible
 * ones. They are computed from the generator's known probabilities instead of from sampled clicks,
 * so they contain no sampling noise.
 */
public final class ClickRates {
    private final DoubleAdder personalised = new DoubleAdder();
    private final DoubleAdder popular = new DoubleAdder();
    private final DoubleAdder random = new DoubleAdder();
    private final DoubleAdder oracle = new DoubleAdder();
    private final LongAdder lists = new LongAdder();

    /**
     * Adds the mean click probability of one list of each kind, all made for one user at one
     * moment.
     */
    void add(double personalisedMean, double popularMean, double randomMean, double oracleMean) {
        oracle.add(oracleMean);
        personalised.add(personalisedMean);
        popular.add(popularMean);
        random.add(randomMean);
        lists.increment();
    }

    /**
     * Means over all lists; 0 where no list was shown.
     *
     * @param oracle of the lists that the users' true preferences make
     */
    public record Rates(double personalised, double popular, double random, double oracle) {}

    public Rates rates() {
        long n = Math.max(1, lists.sum());
        return new Rates(
                personalised.sum() / n, popular.sum() / n, random.sum() / n, oracle.sum() / n);
    }
}
