package dev.freshet.bench.rerank;

import java.util.SplittableRandom;

/**
 * A deep and cross network (DCN-V2, Wang et al. 2021): two cross layers of rank {@value #RANK},
 * then one hidden layer of {@value #HIDDEN} rectified units. A cross layer makes {@code x + x₀ ⊙ (U
 * Vᵀ x + b)} of its input x and the signals x₀. The weights of the output start at zero.
 */
final class CrossNetwork extends Listwise {
    static final int RANK = 4;
    static final int HIDDEN = 16;

    private static final int LAYERS = 2;

    private final int signals;
    private final int layerSize;
    private final int hiddenAt;
    private final int outputAt;
    private final double[] parameters;

    /**
     * Creates a network. Parameters are U, V and b of each cross layer, the rows of the hidden
     * layer with their offsets, and the output's weights.
     */
    CrossNetwork(int signals, long seed) {
        super(LAYERS * layerSize(signals) + HIDDEN * (signals + 2));
        this.signals = signals;
        parameters = parameters();
        layerSize = layerSize(signals);
        hiddenAt = LAYERS * layerSize;
        outputAt = hiddenAt + HIDDEN * (signals + 1);
        SplittableRandom random = new SplittableRandom(seed);
        double usual = 1 / Math.sqrt(signals);
        for (int at = 0; at < outputAt; at++) {
            boolean offset =
                    at < hiddenAt
                            ? at % layerSize >= 2 * RANK * signals
                            : (at - hiddenAt) % (signals + 1) == signals;
            parameters[at] = offset ? 0 : random.nextGaussian(0, at < hiddenAt ? 0.1 : usual);
        }
    }

    private static int layerSize(int signals) {
        return signals * (2 * RANK + 1);
    }

    /** What the layers of one item are. */
    private record Pass(double[][] inputs, double[][] narrow, double[] hidden, double score) {}

    @Override
    public double added(double[] items) {
        return pass(items).score;
    }

    private Pass pass(double[] first) {
        double[][] inputs = new double[LAYERS + 1][];
        double[][] narrow = new double[LAYERS][RANK];
        inputs[0] = first;
        for (int layer = 0; layer < LAYERS; layer++) {
            double[] input = inputs[layer];
            double[] output = input.clone();
            for (int rank = 0; rank < RANK; rank++) {
                for (int signal = 0; signal < signals; signal++) {
                    narrow[layer][rank] += parameters[v(layer, signal, rank)] * input[signal];
                }
            }
            for (int signal = 0; signal < signals; signal++) {
                output[signal] += first[signal] * wide(layer, signal, narrow[layer]);
            }
            inputs[layer + 1] = output;
        }
        double[] hidden = new double[HIDDEN];
        double score = 0;
        for (int unit = 0; unit < HIDDEN; unit++) {
            int row = hiddenAt + unit * (signals + 1);
            double sum = parameters[row + signals];
            for (int signal = 0; signal < signals; signal++) {
                sum += parameters[row + signal] * inputs[LAYERS][signal];
            }
            hidden[unit] = Math.max(0, sum);
            score += parameters[outputAt + unit] * hidden[unit];
        }
        return new Pass(inputs, narrow, hidden, score);
    }

    private double wide(int layer, int signal, double[] narrow) {
        double sum = parameters[b(layer, signal)];
        for (int rank = 0; rank < RANK; rank++) {
            sum += parameters[u(layer, signal, rank)] * narrow[rank];
        }
        return sum;
    }

    @Override
    void addGradient(double[] first, double times, double[] gradient) {
        Pass pass = pass(first);
        double[] slope = new double[signals];
        for (int unit = 0; unit < HIDDEN; unit++) {
            gradient[outputAt + unit] += times * pass.hidden[unit];
            if (pass.hidden[unit] > 0) {
                double back = times * parameters[outputAt + unit];
                int row = hiddenAt + unit * (signals + 1);
                gradient[row + signals] += back;
                for (int signal = 0; signal < signals; signal++) {
                    gradient[row + signal] += back * pass.inputs[LAYERS][signal];
                    slope[signal] += back * parameters[row + signal];
                }
            }
        }
        for (int layer = LAYERS - 1; layer >= 0; layer--) {
            double[] back = new double[RANK];
            for (int signal = 0; signal < signals; signal++) {
                double crossed = slope[signal] * first[signal];
                gradient[b(layer, signal)] += crossed;
                for (int rank = 0; rank < RANK; rank++) {
                    gradient[u(layer, signal, rank)] += crossed * pass.narrow[layer][rank];
                    back[rank] += crossed * parameters[u(layer, signal, rank)];
                }
            }
            for (int signal = 0; signal < signals; signal++) {
                for (int rank = 0; rank < RANK; rank++) {
                    int at = v(layer, signal, rank);
                    gradient[at] += back[rank] * pass.inputs[layer][signal];
                    slope[signal] += back[rank] * parameters[at];
                }
            }
        }
    }

    private int u(int layer, int signal, int rank) {
        return layer * layerSize + signal * RANK + rank;
    }

    private int v(int layer, int signal, int rank) {
        return u(layer, signal, rank) + RANK * signals;
    }

    private int b(int layer, int signal) {
        return layer * layerSize + 2 * RANK * signals + signal;
    }
}
