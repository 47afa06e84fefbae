package dev.freshet.bench.baseline;

import dev.freshet.bench.baseline.Baselines.Chosen;
import dev.freshet.bench.baseline.Baselines.Variant;
import java.util.List;
import java.util.function.Function;
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
     * @param variants at least one
     */
    Chosen among(String name, List<Variant> variants) {
        return chosen(name, variants.get(best(variants)), variants.size());
    }

    /**
     * Returns a new baseline whose settings are chosen one after the other, each with those before
     * it at their best and those after it as they are at first.
     *
     * @param first settings to begin with
     * @param steps for each setting its values, as changes of all settings; at least one
     */
    <S> Chosen stepwise(
            String name,
            S first,
            List<List<UnaryOperator<S>>> steps,
            Function<S, Variant> variantOf) {
        S settings = first;
        int variants = 0;
        for (List<UnaryOperator<S>> step : steps) {
            S before = settings;
            List<S> values = step.stream().map(change -> change.apply(before)).toList();
            settings = values.get(best(values.stream().map(variantOf).toList()));
            variants += values.size();
        }
        return chosen(name, variantOf.apply(settings), variants);
    }

    private Chosen chosen(String name, Variant variant, int variants) {
        String settings = variant.settings();
        return new Chosen(
                name,
                variants == 1 ? settings : "%s; best of %d %s".formatted(settings, variants, part),
                variant.make().get());
    }

    /** Returns the index of the best variant. */
    private int best(List<Variant> variants) {
        int best = 0;
        Result highest = new Result(-1, -1);
        for (int at = 0; at < variants.size() && variants.size() > 1; at++) {
            Result result = trial.apply(variants.get(at).make().get());
            if (result.isBetterThan(highest)) {
                best = at;
                highest = result;
            }
        }
        return best;
    }
}
