package dev.freshet.bench.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Search for the knee: the highest rate at which at least {@value #MIN_ACHIEVED} of the offered
 * requests is served, the p99 stays within a bound, and at most {@value #MAX_REFUSED} is refused or
 * fails. A step that does not hold is repeated once, and the better result counts, because the
 * machine has other load. The rate grows by {@value #GROWTH} until two consecutive steps do not
 * hold, or the time or the generator's limit is reached; then the interval between the highest rate
 * that held and the lowest that did not is halved {@value #HALVINGS} times.
 *
 * @param p99Ms highest acceptable p99, in milliseconds
 */
record Knee(double p99Ms) {
    static final double MIN_ACHIEVED = 0.95;
    static final double MAX_REFUSED = 0.01;
    static final double GROWTH = 1.5;
    static final int HALVINGS = 3;
    private static final int MAX_STEPS = 30;

    /** Measurement at one rate. */
    interface Measurement {
        LoadStep at(double rate) throws InterruptedException;
    }

    /**
     * Result of a search.
     *
     * @param steps steps in ascending order of rates
     * @param knee the step with the highest rate that held; empty if none did
     */
    record Found(List<LoadStep> steps, Optional<LoadStep> knee) {
        Found {
            steps = List.copyOf(steps);
        }
    }

    /** Returns whether a step is below the knee. */
    boolean holds(LoadStep step) {
        return step.perSecond() >= MIN_ACHIEVED * step.offeredPerSecond()
                && step.refused() <= MAX_REFUSED
                && step.times().millis(99) <= p99Ms;
    }

    private LoadStep better(double rate, Measurement measurement, BooleanSupplier timeLeft)
            throws InterruptedException {
        LoadStep step = measurement.at(rate);
        if (holds(step) || !timeLeft.getAsBoolean()) {
            return step;
        }
        LoadStep again = measurement.at(rate);
        return holds(again) || again.times().millis(99) < step.times().millis(99) ? again : step;
    }

    /**
     * Searches from an initial rate.
     *
     * @param timeLeft whether a further step may start
     */
    Found find(double first, Measurement measurement, BooleanSupplier timeLeft)
            throws InterruptedException {
        List<LoadStep> steps = new ArrayList<>();
        double good = 0;
        double bad = Double.POSITIVE_INFINITY;
        int inARow = 0;
        for (double rate = first;
                inARow < 2
                        && rate <= OpenLoop.MAX_RATE
                        && steps.size() < MAX_STEPS
                        && timeLeft.getAsBoolean();
                rate *= GROWTH) {
            LoadStep step = better(rate, measurement, timeLeft);
            steps.add(step);
            if (holds(step)) {
                good = rate;
                bad = Double.POSITIVE_INFINITY;
                inARow = 0;
            } else {
                bad = Math.min(bad, rate);
                inARow++;
            }
        }
        for (int halving = 0;
                halving < HALVINGS
                        && good > 0
                        && bad < Double.POSITIVE_INFINITY
                        && timeLeft.getAsBoolean();
                halving++) {
            double rate = (good + bad) / 2;
            LoadStep step = better(rate, measurement, timeLeft);
            steps.add(step);
            if (holds(step)) {
                good = rate;
            } else {
                bad = rate;
            }
        }
        steps.sort(Comparator.comparingDouble(LoadStep::rate));
        double highest = good;
        return new Found(
                steps,
                steps.stream().filter(step -> step.rate() == highest && holds(step)).findFirst());
    }
}
