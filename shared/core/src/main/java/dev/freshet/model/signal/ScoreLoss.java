package dev.freshet.model.signal;

/**
 * What one candidate's score would lose without each act, in log odds, by source: every signal's
 * loss times its weight.
 */
public final class ScoreLoss {
    private final float[] weights;
    private final double[][] bySource;
    private final double[][] support;

    ScoreLoss(float[] weights, int acts) {
        this.weights = weights;
        bySource = new double[SignalFamilies.SOURCES][acts];
        support = new double[bySource.length][acts];
    }

    /**
     * Adds to what is lost.
     *
     * @param act which of the acts left out, from 0
     * @param loss the signal as it is less what it would be without the act; negative where it
     *     would rise
     */
    void add(Signal signal, int act, double loss) {
        bySource[signal.source().index()][act] += weights[signal.at()] * loss;
    }

    /**
     * Adds to what an act does for its source, also where it would not be missed since others do
     * the same.
     *
     * @param amount in a unit of the source's own
     */
    void support(Signal signal, int act, double amount) {
        support[signal.source().index()][act] += amount;
    }

    double[][] support() {
        return support;
    }

    double[][] bySource() {
        return bySource;
    }
}
