package dev.freshet.model.blend;

/**
 * The measured performance of each source alone. At each choice, a source's result is the
 * reciprocal of the rank it gives to the chosen candidate, where equal scores count by halves; the
 * performance is the decayed mean over the last ≈ 2,000 choices of each class of history. Choices
 * among items that are new to the user count, without repeats. A source that does not distinguish
 * the candidates ranks the chosen one in the middle.
 */
final class Performance {
    /** The factor of the mean's previous value at each choice. */
    static final double KEEP = 1 - 1.0 / 2_000;

    private Performance() {}

    static void measure(Choice choice, BlendState.Draft draft) {
        int history = choice.bucket().history();
        float[] performance = draft.writable(BlendState.PERFORMANCE + history);
        float[] measured = draft.writable(BlendState.MEASURED);
        double[] ranks =
                ranks(choice, draft.initial(history), draft.sourceOf(), performance.length);
        for (int source = 0; source < ranks.length; source++) {
            performance[source] = (float) (KEEP * performance[source] + (1 - KEEP) / ranks[source]);
        }
        measured[history] = (float) (KEEP * measured[history] + (1 - KEEP));
    }

    private static double[] ranks(Choice choice, float[] weights, int[] sourceOf, int sources) {
        double[] chosen = scores(choice.signals()[0], weights, sourceOf, sources);
        double[] ranks = new double[sources];
        for (int at = 1; at < choice.size(); at++) {
            if (choice.isRepeat(at)) {
                continue;
            }
            double[] other = scores(choice.signals()[at], weights, sourceOf, sources);
            for (int source = 0; source < sources; source++) {
                double ahead =
                        other[source] > chosen[source]
                                ? 1
                                : other[source] < chosen[source] ? 0 : 0.5;
                ranks[source] += ahead * choice.importance()[at];
            }
        }
        for (int source = 0; source < sources; source++) {
            ranks[source]++;
        }
        return ranks;
    }

    /** Returns the score of one candidate by each source alone. */
    private static double[] scores(float[] signals, float[] weights, int[] sourceOf, int sources) {
        double[] scores = new double[sources];
        for (int signal = 0; signal < signals.length; signal++) {
            scores[sourceOf[signal]] += (double) weights[signal] * signals[signal];
        }
        return scores;
    }
}
