package dev.freshet.bench.baseline;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Choice of a baseline's settings on the opening of a stream: every variant processes the first
 * {@value #PERCENT} % of the events, at most {@value #MAX_EVENTS}, test then learn. The variant
 * with the highest Recall@{@value #DEPTH} is chosen; of equal ones the one with the higher
 * MRR@{@value #DEPTH}, then the first.
 *
 * <p>The chosen variant then processes the whole stream from its beginning, so its figures over the
 * whole stream include data on which it was chosen, which favours the baseline. Those over the last
 * 70 % do not.
 */
final class ParameterChoice extends SettingsChoice {
    static final int PERCENT = 30;
    static final int MAX_EVENTS = 30_000;

    /**
     * Maximum number of first interactions ranked for each variant, evenly spread over the opening.
     */
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

    @Override
    String where() {
        return "on the first %d %%".formatted(PERCENT);
    }

    /** Runs a baseline over the opening. */
    @Override
    Result run(Baseline baseline) {
        Map<Integer, BitSet> seen = new HashMap<>();
        int items = 0;
        int first = 0;
        double hits = 0;
        double reciprocals = 0;
        for (FirstInteraction interaction : opening) {
            BitSet own = seen.computeIfAbsent(interaction.person(), person -> new BitSet());
            if (interaction.first() && first++ % rankEvery == 0 && interaction.item() < items) {
                float[] scores = new float[items];
                baseline.score(interaction, scores);
                double rank = rank(interaction.item(), scores, own);
                hits += rank <= DEPTH ? 1 : 0;
                reciprocals += rank <= DEPTH ? 1 / rank : 0;
            }
            baseline.learn(interaction);
            own.set(interaction.item());
            items = Math.max(items, interaction.item() + 1);
        }
        return new Result(hits, reciprocals);
    }
}
