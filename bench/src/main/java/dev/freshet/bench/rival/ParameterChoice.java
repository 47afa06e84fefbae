package dev.freshet.bench.rival;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Chooses a rival's settings on the opening of a stream: every variant runs over the first {@value
 * #PERCENT} % of the events, at most {@value #MAX_EVENTS}, test then learn; the one with the
 * highest Recall@{@value #DEPTH} is taken, of equals the one with the higher MRR@{@value #DEPTH},
 * then the one named first.
 *
 * <p>The chosen variant then runs over the whole stream from its beginning, so its figures over the
 * whole stream know a little of the answer: this favours the rival. Those over the last 70 % do
 * not.
 */
final class ParameterChoice {
    static final int PERCENT = 30;
    static final int MAX_EVENTS = 30_000;

    /** First meetings ranked for each variant, at most, evenly spread over the opening. */
    static final int MAX_RANKED = 6_000;

    static final int DEPTH = 10;

    private final List<FirstInteraction> opening;
    private final int rankEvery;

    private ParameterChoice(List<FirstInteraction> opening, int rankEvery) {
        this.opening = opening;
        this.rankEvery = rankEvery;
    }

    static ParameterChoice on(List<FirstInteraction> stream) {
        int events = (int) Math.min(MAX_EVENTS, (long) stream.size() * PERCENT / 100);
        List<FirstInteraction> opening = stream.subList(0, events);
        int first = (int) opening.stream().filter(FirstInteraction::first).count();
        return new ParameterChoice(opening, Math.max(1, (first + MAX_RANKED - 1) / MAX_RANKED));
    }

    /**
     * A fresh rival of the best variant.
     *
     * @param variants each makes a rival that has learned nothing; at least one
     */
    Baseline among(List<Supplier<Baseline>> variants) {
        Supplier<Baseline> best = variants.getFirst();
        if (variants.size() > 1) {
            Result bestResult = new Result(-1, -1);
            for (Supplier<Baseline> variant : variants) {
                Result result = run(variant.get());
                if (result.isBetterThan(bestResult)) {
                    best = variant;
                    bestResult = result;
                }
            }
        }
        return new Chosen(best.get(), variants.size());
    }

    /**
     * Sums over the meetings ranked.
     *
     * @param hits of Recall
     * @param reciprocals of MRR
     */
    record Result(double hits, double reciprocals) {
        boolean isBetterThan(Result other) {
            return hits > other.hits || (hits == other.hits && reciprocals > other.reciprocals);
        }
    }

    /** Passes over the opening. */
    Result run(Baseline rival) {
        Map<Integer, BitSet> seen = new HashMap<>();
        int items = 0;
        int first = 0;
        double hits = 0;
        double reciprocals = 0;
        for (FirstInteraction interaction : opening) {
            BitSet own = seen.computeIfAbsent(interaction.person(), person -> new BitSet());
            if (interaction.first() && first++ % rankEvery == 0 && interaction.item() < items) {
                float[] scores = new float[items];
                rival.score(interaction, scores);
                double rank = rank(interaction.item(), scores, own);
                hits += rank <= DEPTH ? 1 : 0;
                reciprocals += rank <= DEPTH ? 1 / rank : 0;
            }
            rival.learn(interaction);
            own.set(interaction.item());
            items = Math.max(items, interaction.item() + 1);
        }
        return new Result(hits, reciprocals);
    }

    /** Expected over a random order of equals. */
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

    /** Says how it came to its settings. */
    private record Chosen(Baseline rival, int variants) implements Baseline {
        @Override
        public String name() {
            return rival.name();
        }

        @Override
        public String settings() {
            return variants == 1
                    ? rival.settings()
                    : "%s; best of %d on the first %d %%"
                            .formatted(rival.settings(), variants, PERCENT);
        }

        @Override
        public void score(FirstInteraction asked, float[] scores) {
            rival.score(asked, scores);
        }

        @Override
        public void learn(FirstInteraction interaction) {
            rival.learn(interaction);
        }
    }
}
