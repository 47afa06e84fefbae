package dev.freshet.bench.baseline;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Choice of a baseline's settings by its results on a part of the data. The variant with the best
 * {@link Result} is chosen, of equal ones the first.
 *
 * @param trial runs an untrained variant over the part
 * @param part name of the part, such as {@code on the first 30 %}
 */
public record SettingsChoice(Function<Baseline, Result> trial, String part) {
    /**
     * Result of a variant; of two with equal merits that with more reciprocals is better.
     *
     * @param merit first criterion
     * @param reciprocals sum of reciprocal ranks
     */
    public record Result(double merit, double reciprocals) {
        private boolean isBetterThan(Result other) {
            return merit > other.merit || (merit == other.merit && reciprocals > other.reciprocals);
        }
    }

    /**
     * Returns a new baseline of the best variant.
     *
     * @param variants factories of untrained baselines, at least one
     */
    Baselines.Chosen among(List<Supplier<Baseline>> variants) {
        return chosen(best(variants, Supplier::get).get(), variants.size());
    }

    /**
     * Returns a new baseline whose settings are chosen one after the other, each with those before
     * it at their best and those after it as they are at first.
     *
     * @param first settings to begin with
     * @param steps for each setting its values, as changes of all settings; at least one
     * @param make returns an untrained baseline
     */
    <S> Baselines.Chosen stepwise(
            S first, List<List<UnaryOperator<S>>> steps, Function<S, Baseline> make) {
        S settings = first;
        int variants = 0;
        for (List<UnaryOperator<S>> step : steps) {
            S before = settings;
            List<S> values = step.stream().map(change -> change.apply(before)).toList();
            settings = best(values, make);
            variants += values.size();
        }
        return chosen(make.apply(settings), variants);
    }

    private Baselines.Chosen chosen(Baseline baseline, int variants) {
        String settings = baseline.settings();
        return new Baselines.Chosen(
                baseline,
                variants == 1 ? settings : "%s; best of %d %s".formatted(settings, variants, part));
    }

    private <V> V best(List<V> variants, Function<V, Baseline> make) {
        V best = variants.getFirst();
        Result highest = new Result(-1, -1);
        for (V variant : variants.size() == 1 ? List.<V>of() : variants) {
            Result result = trial.apply(make.apply(variant));
            if (result.isBetterThan(highest)) {
                best = variant;
                highest = result;
            }
        }
        return best;
    }
}
