package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;
import java.util.Arrays;
import java.util.List;

/**
 * The score that each source alone gives the candidates, by its own signals under the weights that
 * the blend starts from, and the deviation of those scores.
 */
final class SourceScores {
    private static final List<Signal> SIGNALS = SignalFamilies.SIGNALS;
    private static final int SOURCES = SignalFamilies.SOURCES;

    /** The index of the source of each signal. */
    private static final int[] SOURCE_OF =
            SIGNALS.stream().mapToInt(signal -> signal.source().index()).toArray();

    private static final double LEAST_VARIANCE = 1e-9;

    /**
     * Scores that deviate from their mean by less than this share of it are equal: those of items
     * that were read a second apart would otherwise be spread as far as any others, and the mean
     * with them.
     */
    private static final double LEAST_RATIO = 0.01;

    private final RequestContext request;
    private final float[] starting;
    private final double[] deviation = new double[SOURCES];

    SourceScores(RequestContext request, Candidates candidates) {
        this.request = request;
        starting = request.model().blend().starting(request.signals().bucket().history());
        double[] sums = new double[SOURCES];
        double[] squares = new double[SOURCES];
        double[] scores = new double[SOURCES];
        for (int slot = 0; slot < candidates.size(); slot++) {
            float[] signals = request.signals().kept(candidates.item(slot));
            Arrays.fill(scores, 0);
            for (int at = 0; at < SOURCE_OF.length; at++) {
                scores[SOURCE_OF[at]] += starting[at] * signals[at];
            }
            for (int source = 0; source < SOURCES; source++) {
                sums[source] += scores[source];
                squares[source] += scores[source] * scores[source];
            }
        }
        for (int source = 0; source < SOURCES && candidates.size() > 0; source++) {
            double mean = sums[source] / candidates.size();
            double variance = squares[source] / candidates.size() - mean * mean;
            double least = Math.max(LEAST_VARIANCE, Math.pow(LEAST_RATIO * mean, 2));
            deviation[source] = variance > least ? Math.sqrt(variance) : 0;
        }
    }

    /** Returns whether the source's scores differ among the candidates. */
    boolean distinguishes(Source source) {
        return deviation[source.index()] > 0;
    }

    /**
     * Returns the performance of the source alone for users with this length of history; 0 before
     * anything was learned.
     */
    double performance(Source source) {
        return request.model()
                .blend()
                .performance(request.signals().bucket().history(), source.index());
    }

    /**
     * Adds the source's own weights, scaled so that one deviation of its scores counts {@code
     * worth}.
     */
    void add(Source source, double worth, float[] weights) {
        if (!distinguishes(source)) {
            return;
        }
        for (Signal signal : SIGNALS) {
            if (signal.source().equals(source)) {
                weights[signal.at()] +=
                        (float) (worth * starting[signal.at()] / deviation[source.index()]);
            }
        }
    }
}
