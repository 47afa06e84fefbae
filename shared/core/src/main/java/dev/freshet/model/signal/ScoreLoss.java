package dev.freshet.model.signal;

/**
 * What one candidate's score would lose without each action, in log odds, by source: the loss of
 * each signal times its weight.
 */
public final class ScoreLoss {
    private final float[] weights;
    private final double[][] bySource;
    private final double[][] support;

    ScoreLoss(float[] weights, int actions) {
        this.weights = weights;
        bySource = new double[SignalFamilies.SOURCES][actions];
        support = new double[bySource.length][actions];
    }

    /**
     * Adds the loss of a signal.
     *
     * @param action position of the action, from 0
     * @param loss the signal less its value without the action; negative where it would rise
     */
    void add(Signal signal, int action, double loss) {
        bySource[signal.source().index()][action] += weights[signal.at()] * loss;
    }

    /**
     * Adds to the support that an action gives its source, even where the score would not fall
     * without it because other actions give the same.
     *
     * @param amount in a unit of the source's own
     */
    void support(Signal signal, int action, double amount) {
        support[signal.source().index()][action] += amount;
    }

    double[][] support() {
        return support;
    }

    double[][] bySource() {
        return bySource;
    }
}
