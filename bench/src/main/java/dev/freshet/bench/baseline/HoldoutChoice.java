package dev.freshet.bench.baseline;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import dev.freshet.bench.evaluate.TestSetup;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Choice of a baseline's settings for a protocol that learns first and ranks then, on the
 * interactions before the test alone: every variant learns the first {@value #PERCENT} % of them
 * and is tested on the others, by the rules of the test. The variant with the highest MRR@{@value
 * #DEPTH} is chosen, of equal ones the first.
 */
final class HoldoutChoice extends SettingsChoice {
    static final int PERCENT = 80;

    /** Maximum number of interactions that are ranked for each variant, evenly spread. */
    static final int MAX_RANKED = 1_500;

    static final int DEPTH = 20;

    private final TestSetup setup;
    private final int begin;
    private final int rankEvery;

    HoldoutChoice(TestSetup setup) {
        this.setup = setup;
        begin = (int) ((long) setup.learned().size() * PERCENT / 100);
        int tested = setup.learned().size() - begin;
        rankEvery = Math.max(1, (tested + MAX_RANKED - 1) / MAX_RANKED);
    }

    @Override
    String where() {
        return "on the last %d %% before the test".formatted(100 - PERCENT);
    }

    /** Returns the sum of the reciprocal ranks of a baseline. */
    @Override
    Result run(Baseline baseline) {
        Map<Integer, BitSet> seen = new HashMap<>();
        int items = 0;
        int asked = 0;
        double reciprocals = 0;
        List<FirstInteraction> learned = setup.learned();
        for (int at = 0; at < learned.size(); at++) {
            FirstInteraction interaction = learned.get(at);
            BitSet own = seen.computeIfAbsent(interaction.person(), person -> new BitSet());
            if (at == begin) {
                baseline.startTest();
            }
            boolean ranked =
                    at >= begin
                            && (setup.repeats() || interaction.first())
                            && !(setup.sessions() && own.isEmpty())
                            && asked++ % rankEvery == 0;
            if (ranked && interaction.item() < items) {
                float[] scores = new float[items];
                baseline.score(interaction, scores);
                BitSet left = setup.repeats() ? new BitSet() : own;
                double rank = rank(interaction.item(), scores, left);
                reciprocals += rank <= DEPTH ? 1 / rank : 0;
            }
            own.set(interaction.item());
            if (at >= begin && setup.frozen()) {
                baseline.observe(interaction);
            } else {
                baseline.learn(interaction);
                items = Math.max(items, interaction.item() + 1);
            }
        }
        return new Result(reciprocals, reciprocals);
    }
}
