package dev.freshet.demo;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * The mean probability of a click on what three ways of choosing showed, by the generator's own
 * truth: no luck in it.
 */
public final class ClickRates {
    private final DoubleAdder personalised = new DoubleAdder();
    private final DoubleAdder popular = new DoubleAdder();
    private final DoubleAdder random = new DoubleAdder();
    private final LongAdder lists = new LongAdder();

    /** Adds one list of each way, for the same reader at the same moment. */
    void add(double personalisedMean, double popularMean, double randomMean) {
        personalised.add(personalisedMean);
        popular.add(popularMean);
        random.add(randomMean);
        lists.increment();
    }

    /** Means over the lists; 0 where none was shown. */
    public record Rates(double personalised, double popular, double random) {}

    public Rates rates() {
        long n = Math.max(1, lists.sum());
        return new Rates(personalised.sum() / n, popular.sum() / n, random.sum() / n);
    }
}
