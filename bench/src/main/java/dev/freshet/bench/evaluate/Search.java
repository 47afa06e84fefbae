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
 * A seeded search from the present settings on: each trial turns one or two {@link Knobs} of the
 * best place found so far; a place that was tried is not tried again.
 */
final class Search {
    /** How often another place near the best is drawn before the search ends early. */
    private static final int PATIENCE = 100;

    private final Function<BasketSettings, Entry> trial;
    private final String figure;

    /**
     * A search.
     *
     * @param trial what settings come to; its figures and measures are told
     * @param figure the one that is to be as high as can be
     */
    Search(Function<BasketSettings, Entry> trial, String figure) {
        this.trial = trial;
        this.figure = figure;
    }

    /** What one place came to. */
    record Tried(double[] place, Entry entry) {}

    /**
     * Searches.
     *
     * @param trials how many places, the present one included
     * @return the present settings first, then each trial in its turn
     */
    List<Tried> run(BasketSettings present, int trials, long seed, LongConsumer done) {
        Random random = new Random(seed);
        List<Tried> tried = new ArrayList<>();
        tried.add(at(Knobs.of(present)));
        done.accept(1);
        for (int misses = 0; tried.size() < trials && misses < PATIENCE; ) {
            double[] next = Knobs.turned(best(tried).place, random);
            if (tried.stream().anyMatch(one -> Arrays.equals(one.place, next))) {
                misses++;
                continue;
            }
            tried.add(at(next));
            done.accept(tried.size());
        }
        return tried;
    }

    /** The trial with the highest figure; of equals the earliest. */
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

    private Tried at(double[] place) {
        return new Tried(place, trial.apply(Knobs.at(place)));
    }
}
