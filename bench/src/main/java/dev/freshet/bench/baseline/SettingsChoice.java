package dev.freshet.bench.baseline;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Choice of a baseline's settings by its results on a part of the data: every variant learns the
 * beginning of the part, and ranks the interactions of the rest in turn. The variant with the best
 * {@link Result} is chosen, of equal ones the first.
 *
 * <p>On a stream the part is the first {@value #OPENING_PERCENT} % of the events, at most {@value
 * #MAX_EVENTS}, all of which are ranked, and what counts is Recall@10, then MRR@10. The chosen
 * variant then processes the whole stream from its beginning, so its figures over the whole stream
 * include data on which it was chosen, which favours the baseline. Those over the last 70 % do not.
 *
 * <p>Before a test the part is all that is learned before it, of which the last {@value
 * #TESTED_PERCENT} % are ranked by the rules of the test, and what counts is MRR@20.
 */
final class SettingsChoice {
    static final int OPENING_PERCENT = 30;
    static final int MAX_EVENTS = 30_000;
    static final int TESTED_PERCENT = 20;

    /** Maximum number of interactions ranked for each variant of a stream, evenly spread. */
    private static final int MAX_RANKED = 6_000;

    /** Maximum number of interactions ranked for each variant before a test, evenly spread. */
    private static final int MAX_RANKED_BEFORE_TEST = 1_500;

    private final List<FirstInteraction> part;
    private final Baselines.Setup rules;
    private final boolean stream;
    private final int begin;
    private final int rankEvery;

    /** Creates a choice on the beginning of a stream, or on what is learned before a test. */
    SettingsChoice(Baselines.Setup setup) {
        rules = setup;
        stream = setup.protocol() == Baselines.Protocol.STREAM;
        long all = setup.learned().size();
        part =
                stream
                        ? setup.learned()
                                .subList(0, (int) Math.min(MAX_EVENTS, all * OPENING_PERCENT / 100))
                        : setup.learned();
        begin = stream ? 0 : (int) (all * (100 - TESTED_PERCENT) / 100);
        long ranked =
                stream
                        ? part.stream().filter(FirstInteraction::first).count()
                        : part.size() - begin;
        int most = stream ? MAX_RANKED : MAX_RANKED_BEFORE_TEST;
        rankEvery = (int) Math.max(1, (ranked + most - 1) / most);
    }

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
    Result run(Baseline baseline) {
        int depth = stream ? 10 : 20;
        Map<Integer, BitSet> seen = new HashMap<>();
        int items = 0;
        int asked = 0;
        double hits = 0;
        double reciprocals = 0;
        for (int at = 0; at < part.size(); at++) {
            FirstInteraction interaction = part.get(at);
            BitSet own = seen.computeIfAbsent(interaction.person(), person -> new BitSet());
            if (at == begin) {
                baseline.startTest();
            }
            boolean ranked =
                    at >= begin
                            && ((rules.repeats() && !stream) || interaction.first())
                            && !(rules.sessions() && own.isEmpty())
                            && asked++ % rankEvery == 0;
            if (ranked && interaction.item() < items) {
                float[] scores = new float[items];
                baseline.score(interaction, scores);
                BitSet left = rules.repeats() && !stream ? new BitSet() : own;
                double rank = rank(interaction.item(), scores, left);
                hits += rank <= depth ? 1 : 0;
                reciprocals += rank <= depth ? 1 / rank : 0;
            }
            own.set(interaction.item());
            if (at >= begin && rules.frozen()) {
                baseline.observe(interaction);
            } else {
                baseline.learn(interaction);
                items = Math.max(items, interaction.item() + 1);
            }
        }
        return new Result(stream ? hits : reciprocals, reciprocals);
    }

    /**
     * Returns a new baseline of the best variant, of equal ones the first.
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
        String where =
                stream
                        ? "on the first %d %%".formatted(OPENING_PERCENT)
                        : "on the last %d %% before the test".formatted(TESTED_PERCENT);
        return new Baselines.Chosen(
                baseline,
                variants == 1
                        ? baseline.settings()
                        : "%s; best of %d %s".formatted(baseline.settings(), variants, where));
    }

    private <V> V best(List<V> variants, Function<V, Baseline> make) {
        V best = variants.getFirst();
        Result highest = new Result(-1, -1);
        for (V variant : variants.size() == 1 ? List.<V>of() : variants) {
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
    private static double rank(int item, float[] scores, BitSet own) {
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
