package dev.freshet.model.signal;

/**
 * What one candidate's score would lose without each act, in log odds, by source: every signal's
 * loss times its weight.
 */
final class ScoreLoss {
    private final float[] weights;
    private final double[][] bySource;
    private final double[][] support;

    ScoreLoss(float[] weights, int acts) {
        this.weights = weights;
        bySource = new double[Signal.Source.values().length][acts];
        support = new double[bySource.length][acts];
    }

    /**
     * Adds to what is lost.
     *
     * @param act which of the acts left out, from 0
     * @param loss the signal as it is less what it would be without the act; negative where it
     *     would rise
     */
    @SuppressWarnings("EnumOrdinal") // rows stand in this order
    void add(Signal signal, int act, double loss) {
        bySource[signal.source().ordinal()][act] += weights[signal.at()] * loss;
    }

    /**
     * Adds to what an act does for its source, also where it would not be missed since others do
     * the same.
     *
     * @param amount in a unit of the source's own
     */
    @SuppressWarnings("EnumOrdinal") // likewise
    void support(Signal signal, int act, double amount) {
        support[signal.source().ordinal()][act] += amount;
    }

    double[][] support() {
        return support;
    }

    double[][] bySource() {
        return bySource;
    }
}
