package dev.freshet.bench.evaluate;

import dev.freshet.model.settings.BasketSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Seeded local search from the present settings: each trial changes one or two {@link SearchSpace}
 * of the best point found so far; no point is tried twice.
 */
final class Search {
    /** Number of consecutive draws of known points after which the search ends early. */
    private static final int MAX_CONSECUTIVE_MISSES = 100;

    private final Function<BasketSettings, Entry> trial;
    private final String figure;

    /**
     * Creates a search.
     *
     * @param trial evaluates settings
     * @param figure name of the figure to maximise
     */
    Search(Function<BasketSettings, Entry> trial, String figure) {
        this.trial = trial;
        this.figure = figure;
    }

    /** Result of one point. */
    record Tried(double[] point, Entry entry) {}

    /**
     * Runs the search.
     *
     * @param trials number of points, the present one included
     * @return the present settings first, then each trial in order
     */
    List<Tried> run(BasketSettings present, int trials, long seed, LongConsumer done) {
        Random random = new Random(seed);
        List<Tried> tried = new ArrayList<>();
        tried.add(at(SearchSpace.of(present)));
        done.accept(1);
        for (int misses = 0; tried.size() < trials && misses < MAX_CONSECUTIVE_MISSES; ) {
            double[] next = SearchSpace.changed(best(tried).point, random);
            if (tried.stream().anyMatch(one -> Arrays.equals(one.point, next))) {
                misses++;
                continue;
            }
            tried.add(at(next));
            done.accept(tried.size());
        }
        return tried;
    }

    /** Returns the trial with the highest figure, the earliest of equal ones. */
    Tried best(List<Tried> tried) {
        Comparator<Tried> byFigure =
                Comparator.comparingDouble(
                        one -> one.entry.figures().getOrDefault(figure, Double.NEGATIVE_INFINITY));
        Tried best = tried.getFirst();
        for (Tried one : tried) {
            if (byFigure.compare(one, best) > 0) {
                best = one;
            }
        }
        return best;
    }

    private Tried at(double[] point) {
        return new Tried(point, trial.apply(SearchSpace.at(point)));
    }
}
