package dev.freshet.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Mean click probabilities of personalised, popular and random lists, and of the best possible
 * ones: over the whole run, and over its latest minute, which shows what was learned by then. They
 * are computed from the generator's known probabilities instead of from sampled clicks, so they
 * contain no sampling noise.
 */
final class ClickRates {
    /** How long a list is one of the latest. */
    static final Duration LATEST = Duration.ofMinutes(1);

    private record Compared(Instant at, Rates rates) {}

    private final Deque<Compared> latest = new ArrayDeque<>();
    private Rates sum = Rates.NONE;
    private long lists;

    /**
     * Click probabilities; 0 where no list was shown.
     *
     * @param oracle of the lists that the users' true preferences make
     */
    public record Rates(double personalised, double popular, double random, double oracle) {
        private static final Rates NONE = new Rates(0, 0, 0, 0);

        private Rates plus(Rates other) {
            return new Rates(
                    personalised + other.personalised,
                    popular + other.popular,
                    random + other.random,
                    oracle + other.oracle);
        }

        private Rates mean(long of) {
            long n = Math.max(1, of);
            return new Rates(personalised / n, popular / n, random / n, oracle / n);
        }

        /** Returns how many times as often as popular lists personalised ones are clicked. */
        double timesPopular() {
            return personalised / Math.max(1e-9, popular);
        }

        /** Returns the share of the best lists that personalised ones reach. */
        double shareOfOracle() {
            return personalised / Math.max(1e-9, oracle);
        }
    }

    /** Adds the means of one list of each kind, all made for one user at one moment. */
    synchronized void add(Instant at, Rates means) {
        sum = sum.plus(means);
        lists++;
        latest.addLast(new Compared(at, means));
        while (latest.getFirst().at().isBefore(at.minus(LATEST))) {
            latest.removeFirst();
        }
    }

    /** Returns the means over all lists. */
    synchronized Rates all() {
        return sum.mean(lists);
    }

    /** Returns the means over the lists of the latest minute. */
    synchronized Rates latest() {
        return latest.stream()
                .map(Compared::rates)
                .reduce(Rates.NONE, Rates::plus)
                .mean(latest.size());
    }
}
