package dev.freshet.bench.baseline;

import dev.freshet.bench.evaluate.Baseline;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Choice of a baseline's settings by its results on a part of the data. */
abstract class SettingsChoice {
    /**
     * Result of a variant; of two with equal merits that with more reciprocals is better.
     *
     * @param merit first criterion
     * @param reciprocals sum of reciprocal ranks
     */
    record Result(double merit, double reciprocals) {
        boolean isBetterThan(Result other) {
            return merit > other.merit || (merit == other.merit && reciprocals > other.reciprocals);
        }
    }

    /** Runs an untrained baseline over the part. */
    abstract Result run(Baseline baseline);

    /** Returns the part of the data, for the report. */
    abstract String where();

    /**
     * Returns a new baseline of the best variant, of equal ones the first.
     *
     * @param variants factories of untrained baselines, at least one
     */
    final Baseline among(List<Supplier<Baseline>> variants) {
        Supplier<Baseline> best = best(variants, Supplier::get);
        return new Chosen(best.get(), variants.size(), where());
    }

    /**
     * Returns a new baseline whose settings are chosen one after the other, each with those before
     * it at their best and those after it as they are at first.
     *
     * @param first settings to begin with
     * @param steps for each setting its values, as changes of all settings; at least one
     * @param make returns an untrained baseline
     */
    final <S> Baseline stepwise(
            S first, List<List<UnaryOperator<S>>> steps, Function<S, Baseline> make) {
        S settings = first;
        int variants = 0;
        for (List<UnaryOperator<S>> step : steps) {
            S before = settings;
            List<S> values = step.stream().map(change -> change.apply(before)).toList();
            settings = best(values, make);
            variants += values.size();
        }
        return new Chosen(make.apply(settings), variants, where());
    }

    private <V> V best(List<V> variants, Function<V, Baseline> make) {
        V best = variants.getFirst();
        if (variants.size() == 1) {
            return best;
        }
        Result highest = new Result(-1, -1);
        for (V variant : variants) {
            Result result = run(make.apply(variant));
            if (result.isBetterThan(highest)) {
                best = variant;
                highest = result;
            }
        }
        return best;
    }

    /**
     * Returns the expected rank for a random order of equal scores.
     *
     * @param own items that are not ranked
     */
    static double rank(int item, float[] scores, BitSet own) {
        int better = 0;
        int equal = 0;
        for (int other = own.nextClearBit(0);
                other < scores.length;
                other = own.nextClearBit(other + 1)) {
            if (scores[other] > scores[item]) {
                better++;
            } else if (other != item && scores[other] == scores[item]) {
                equal++;
            }
        }
        return 1 + better + equal / 2.0;
    }
}
