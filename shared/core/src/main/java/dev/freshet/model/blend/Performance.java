package dev.freshet.model.blend;

/**
 * How well each source alone would have done at a choice: the reciprocal of the rank it gives to
 * what was taken, equal scores counted by halves, as a decayed mean over the last ≈ 2,000 choices
 * of each history. A source that tells nothing apart ranks in the middle.
 */
final class Performance {
    /** What is kept at each choice. */
    static final double KEEP = 1 - 1.0 / 2_000;

    private Performance() {}

    static void measure(Choice choice, BlendDraft draft) {
        int history = choice.bucket().history();
        float[] performance = draft.own(BlendState.performance(history));
        float[] measured = draft.own(BlendState.measured());
        double[] ranks =
                ranks(choice, draft.initial(history), draft.sourceOf(), performance.length);
        for (int source = 0; source < ranks.length; source++) {
            performance[source] = (float) (KEEP * performance[source] + (1 - KEEP) / ranks[source]);
        }
        measured[history] = (float) (KEEP * measured[history] + (1 - KEEP));
    }

    private static double[] ranks(Choice choice, float[] weights, int[] sourceOf, int sources) {
        double[] taken = scores(choice.signals()[0], weights, sourceOf, sources);
        double[] ranks = new double[sources];
        for (int at = 1; at < choice.size(); at++) {
            double[] other = scores(choice.signals()[at], weights, sourceOf, sources);
            for (int source = 0; source < sources; source++) {
                double ahead =
                        other[source] > taken[source] ? 1 : other[source] < taken[source] ? 0 : 0.5;
                ranks[source] += ahead * choice.stands()[at];
            }
        }
        for (int source = 0; source < sources; source++) {
            ranks[source]++;
        }
        return ranks;
    }

    /** What each source alone says of one candidate. */
    private static double[] scores(float[] signals, float[] weights, int[] sourceOf, int sources) {
        double[] scores = new double[sources];
        for (int signal = 0; signal < signals.length; signal++) {
            scores[sourceOf[signal]] += (double) weights[signal] * signals[signal];
        }
        return scores;
    }
}
