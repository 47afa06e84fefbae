package dev.freshet.bench.baseline;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;

/**
 * Baseline whose settings include how they were chosen.
 *
 * @param variants number of variants that were tried
 * @param where part of the data on which they were compared
 */
record Chosen(Baseline baseline, int variants, String where) implements Baseline {
    @Override
    public String name() {
        return baseline.name();
    }

    @Override
    public String settings() {
        return variants == 1
                ? baseline.settings()
                : "%s; best of %d %s".formatted(baseline.settings(), variants, where);
    }

    @Override
    public void score(FirstInteraction request, float[] scores) {
        baseline.score(request, scores);
    }

    @Override
    public void learn(FirstInteraction interaction) {
        baseline.learn(interaction);
    }

    @Override
    public void startTest() {
        baseline.startTest();
    }

    @Override
    public void observe(FirstInteraction interaction) {
        baseline.observe(interaction);
    }
}
