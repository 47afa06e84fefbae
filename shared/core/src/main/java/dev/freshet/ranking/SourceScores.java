package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.signal.Signal;

/**
 * What each source says of the candidates by itself: its own signals under the weights that the
 * blend starts from, and how far its scores spread. Reads every candidate's signals once.
 */
final class SourceScores {
    private static final Signal[] SIGNALS = Signal.values();
    private static final int SOURCES = Signal.Source.values().length;

    private final RequestContext request;
    private final float[] starting;
    private final double[] deviation = new double[SOURCES];

    SourceScores(RequestContext request, Candidates candidates) {
        this.request = request;
        starting = request.model().blend().starting(request.signals().bucket().history());
        double[] sums = new double[SOURCES];
        double[] squares = new double[SOURCES];
        float[] signals = new float[Signal.COUNT];
        for (int slot = 0; slot < candidates.size(); slot++) {
            request.signals().fill(candidates.item(slot), signals);
            double[] scores = new double[SOURCES];
            for (Signal signal : SIGNALS) {
                scores[signal.source().at()] += starting[signal.at()] * signals[signal.at()];
            }
            for (int source = 0; source < SOURCES; source++) {
                sums[source] += scores[source];
                squares[source] += scores[source] * scores[source];
            }
        }
        for (int source = 0; source < SOURCES && candidates.size() > 0; source++) {
            double mean = sums[source] / candidates.size();
            double variance = squares[source] / candidates.size() - mean * mean;
            deviation[source] = variance > 1e-9 ? Math.sqrt(variance) : 0;
        }
    }

    /** Whether the source tells any candidates apart. */
    boolean tells(Signal.Source source) {
        return deviation[source.at()] > 0;
    }

    /**
     * How well it has done by itself with readers of this history; 0 before anything was learned.
     */
    double performance(Signal.Source source) {
        return request.model()
                .blend()
                .performance(request.signals().bucket().history(), source.at());
    }

    /** Adds the source's own weights, so that one deviation of its scores counts {@code worth}. */
    void add(Signal.Source source, double worth, float[] weights) {
        if (!tells(source)) {
            return;
        }
        for (Signal signal : SIGNALS) {
            if (signal.source() == source) {
                weights[signal.at()] +=
                        (float) (worth * starting[signal.at()] / deviation[source.at()]);
            }
        }
    }
}
