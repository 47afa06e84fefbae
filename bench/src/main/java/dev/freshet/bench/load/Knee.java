package dev.freshet.bench.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the knee: the highest rate at which at least {@value #LEAST_ACHIEVED} of what is
 * offered is served, the p99 stays within a bound, and at most {@value #MOST_REFUSED} is turned
 * away or fails. A step that does not hold is measured once more, and the better of both counts: a
 * machine has other things to do. The rate climbs by {@value #GROWTH} until two steps in a row do
 * not hold, or the time or the generator's bound is reached; then {@value #HALVINGS} times the
 * middle between the highest that held and the lowest that did not.
 */
final class Knee {
    static final double LEAST_ACHIEVED = 0.95;
    static final double MOST_REFUSED = 0.01;
    static final double GROWTH = 1.5;
    static final int HALVINGS = 3;
    private static final int MOST_STEPS = 30;

    private final double p99Ms;

    /**
     * @param p99Ms the longest p99 that is still good
     */
    Knee(double p99Ms) {
        this.p99Ms = p99Ms;
    }

    /** One measurement at a rate. */
    interface Measurement {
        LoadStep at(double rate) throws InterruptedException;
    }

    /** Whether there is time for another step. */
    interface Time {
        boolean left();
    }

    /**
     * What was found.
     *
     * @param steps ascending by rate
     * @param knee the highest that held, or empty where none did
     */
    record Found(List<LoadStep> steps, Optional<LoadStep> knee) {
        Found {
            steps = List.copyOf(steps);
        }
    }

    /** Whether a step is below the knee. */
    boolean holds(LoadStep step) {
        return step.perSecond() >= LEAST_ACHIEVED * step.offeredPerSecond()
                && step.refused() <= MOST_REFUSED
                && step.times().millis(99) <= p99Ms;
    }

    private LoadStep better(double rate, Measurement measurement, Time time)
            throws InterruptedException {
        LoadStep step = measurement.at(rate);
        if (holds(step) || !time.left()) {
            return step;
        }
        LoadStep again = measurement.at(rate);
        return holds(again) || again.times().millis(99) < step.times().millis(99) ? again : step;
    }

    /** Climbs from a first rate. */
    Found find(double first, Measurement measurement, Time time) throws InterruptedException {
        List<LoadStep> steps = new ArrayList<>();
        double good = 0;
        double bad = Double.POSITIVE_INFINITY;
        int inARow = 0;
        for (double rate = first;
                inARow < 2 && rate <= OpenLoop.MAX_RATE && steps.size() < MOST_STEPS && time.left();
                rate *= GROWTH) {
            LoadStep step = better(rate, measurement, time);
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
                halving < HALVINGS && good > 0 && bad < Double.POSITIVE_INFINITY && time.left();
                halving++) {
            double rate = (good + bad) / 2;
            LoadStep step = better(rate, measurement, time);
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
