package dev.freshet.model.rating;

import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;

/**
 * Recursive least squares with forgetting (Haykin, Adaptive Filter Theory, ch. 10): the weights
 * that would have done best over all observations so far, older ones counting a little less, after
 * each observation and without keeping any. A step costs the square of the number of inputs.
 * Immutable; scalar arithmetic in fixed order, so the same on every processor.
 */
public final class LeastSquares {
    /** What an observation still counts one step later: half after 6,900. */
    static final double KEEP = 0.9999;

    /** Doubt in a weight that is not raised further: nothing was seen of its input for long. */
    private static final double MOST_DOUBT = 100;

    private static final int MOST_INPUTS = 64;

    private final double[] weights;

    /** The inverse of the inputs' weighted second moments, whole, row by row; symmetric. */
    private final double[] doubt;

    private LeastSquares(double[] weights, double[] doubt) {
        this.weights = weights;
        this.doubt = doubt;
    }

    /**
     * What is believed before the first observation, each weight to within a unit.
     *
     * @param weights one per input, 1 to 64
     */
    public static LeastSquares startingAt(double... weights) {
        if (weights.length < 1 || weights.length > MOST_INPUTS) {
            throw new IllegalArgumentException("1 to 64 inputs");
        }
        double[] doubt = new double[weights.length * weights.length];
        for (int input = 0; input < weights.length; input++) {
            doubt[input * weights.length + input] = 1;
        }
        return new LeastSquares(weights.clone(), doubt);
    }

    public int inputs() {
        return weights.length;
    }

    public double weight(int input) {
        return weights[input];
    }

    /** What these inputs come to. */
    public double of(double[] inputs) {
        double sum = 0;
        for (int input = 0; input < weights.length; input++) {
            sum += weights[input] * inputs[input];
        }
        return sum;
    }

    /** The next one, having seen what {@code inputs} should have come to; all finite. */
    public LeastSquares seen(double[] inputs, double outcome) {
        int size = weights.length;
        double[] gain = new double[size];
        double most = 0;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                gain[row] += doubt[row * size + column] * inputs[column];
            }
            most = Math.max(most, doubt[row * size + row]);
        }
        double keep = most < MOST_DOUBT ? KEEP : 1;
        double norm = keep;
        for (int input = 0; input < size; input++) {
            norm += inputs[input] * gain[input];
        }
        double error = outcome - of(inputs);
        double[] nextWeights = new double[size];
        double[] nextDoubt = new double[size * size];
        for (int row = 0; row < size; row++) {
            nextWeights[row] = weights[row] + gain[row] / norm * error;
            for (int column = 0; column <= row; column++) {
                double less = gain[row] * gain[column] / norm;
                double left = (doubt[row * size + column] - less) / keep;
                nextDoubt[row * size + column] = left;
                nextDoubt[column * size + row] = left;
            }
        }
        return new LeastSquares(nextWeights, nextDoubt);
    }

    /** Writes it; equal ones have equal bytes, 8 a number. */
    public void write(ByteSink out) {
        out.varint(weights.length);
        for (double weight : weights) {
            out.fixed64(Double.doubleToRawLongBits(weight));
        }
        for (int row = 0; row < weights.length; row++) {
            for (int column = 0; column <= row; column++) {
                out.fixed64(Double.doubleToRawLongBits(doubt[row * weights.length + column]));
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedBytesException when these are not its bytes
     */
    public static LeastSquares read(ByteSource in) {
        int size = in.count(MOST_INPUTS, 16);
        double[] weights = new double[size];
        double[] doubt = new double[size * size];
        for (int input = 0; input < size; input++) {
            weights[input] = number(in);
        }
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                doubt[row * size + column] = number(in);
                doubt[column * size + row] = doubt[row * size + column];
            }
        }
        return new LeastSquares(weights, doubt);
    }

    private static double number(ByteSource in) {
        double number = Double.longBitsToDouble(in.fixed64());
        if (!Double.isFinite(number)) {
            throw new MalformedBytesException("a number that is not finite");
        }
        return number;
    }
}
