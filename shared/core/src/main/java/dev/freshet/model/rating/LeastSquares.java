package dev.freshet.model.rating;

import static dev.freshet.check.Check.require;

import dev.freshet.bytes.Fields;
import dev.freshet.bytes.Form;

/**
 * Recursive least squares with forgetting (Haykin, Adaptive Filter Theory, ch. 10). After each
 * observation it holds the weights with the least squared error over all observations so far, where
 * older ones count a little less, without storing any. A step costs the square of the number of
 * inputs. Immutable; scalar arithmetic in fixed order gives equal results on every processor.
 *
 * @param weights by input
 * @param covariance the inverse of the weighted second moments of the inputs: a symmetric matrix,
 *     stored whole, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never modified
public record LeastSquares(double[] weights, double[] covariance) {
    /** The weight of an observation one step later: half after 6,900 steps. */
    static final double KEEP = 0.9999;

    /**
     * The variance above which nothing is forgotten, because an input has not been observed for
     * long.
     */
    private static final double MAX_VARIANCE = 100;

    private static final int MAX_INPUTS = 64;
    private static final String NUMBER = "a number of the rating predictor";

    /** The state in 8 bytes a number. */
    public static final Form<LeastSquares> FORM = LeastSquares::form;

    /**
     * Returns the state before the first observation, with a variance of 1 for each weight.
     *
     * @param weights initial weights, one per input, 1 to 64
     * @throws IllegalArgumentException for another number of weights
     */
    public static LeastSquares startingAt(double... weights) {
        require(
                weights.length >= 1 && weights.length <= MAX_INPUTS,
                "the number of weights must be between 1 and 64, not " + weights.length);
        double[] covariance = new double[weights.length * weights.length];
        for (int input = 0; input < weights.length; input++) {
            covariance[input * weights.length + input] = 1;
        }
        return new LeastSquares(weights.clone(), covariance);
    }

    /** Returns the number of inputs. */
    public int inputs() {
        return weights.length;
    }

    /** Returns the weight of an input. */
    public double weight(int input) {
        return weights[input];
    }

    /** Returns the prediction for these inputs. */
    public double of(double[] inputs) {
        double sum = 0;
        for (int input = 0; input < weights.length; input++) {
            sum += weights[input] * inputs[input];
        }
        return sum;
    }

    /** Returns the state after an observation; all numbers must be finite. */
    public LeastSquares seen(double[] inputs, double outcome) {
        int size = weights.length;
        double[] gain = new double[size];
        double most = 0;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                gain[row] += covariance[row * size + column] * inputs[column];
            }
            most = Math.max(most, covariance[row * size + row]);
        }
        double keep = most < MAX_VARIANCE ? KEEP : 1;
        double norm = keep;
        for (int input = 0; input < size; input++) {
            norm += inputs[input] * gain[input];
        }
        double error = outcome - of(inputs);
        double[] nextWeights = new double[size];
        double[] nextCovariance = new double[size * size];
        for (int row = 0; row < size; row++) {
            nextWeights[row] = weights[row] + gain[row] / norm * error;
            for (int column = 0; column <= row; column++) {
                double less = gain[row] * gain[column] / norm;
                double left = (covariance[row * size + column] - less) / keep;
                nextCovariance[row * size + column] = left;
                nextCovariance[column * size + row] = left;
            }
        }
        return new LeastSquares(nextWeights, nextCovariance);
    }

    private static LeastSquares form(Fields<LeastSquares> fields) {
        int size = fields.count(MAX_INPUTS, 16, LeastSquares::inputs);
        double[] weights = new double[size];
        double[] covariance = new double[size * size];
        for (int input = 0; input < size; input++) {
            int at = input;
            weights[at] = fields.finite64(NUMBER, state -> state.weights[at]);
        }
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                int at = row * size + column;
                covariance[at] = fields.finite64(NUMBER, state -> state.covariance[at]);
                covariance[column * size + row] = covariance[at];
            }
        }
        return new LeastSquares(weights, covariance);
    }
}
