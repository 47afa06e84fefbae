package dev.freshet.bench.rerank;

/**
 * A score of one item whose parameters are learned from choices: by the gradient of the log loss of
 * a softmax over the items, with the step lengths of Adagrad (Duchi, Hazan, Singer 2011).
 */
abstract class Listwise implements Reranker {
    private static final double RATE = 0.01;
    private static final double FIRST_SUM = 0.1;

    private final double[] parameters;
    private final double[] squares;

    /** Creates a score with so many parameters, which are zero. */
    Listwise(int size) {
        parameters = new double[size];
        squares = new double[size];
    }

    /** Returns the parameters, which the caller may change. */
    final double[] parameters() {
        return parameters;
    }

    /** Adds {@code times} the derivatives of an item's score to {@code gradient}. */
    abstract void addGradient(double[] signals, double times, double[] gradient);

    @Override
    public final void learn(double[][] items, double[] scores, int chosen) {
        double[] shares = Reranker.shares(scores, added(items));
        double[] gradient = new double[squares.length];
        for (int at = 0; at < items.length; at++) {
            addGradient(items[at], shares[at] - (at == chosen ? 1 : 0), gradient);
        }
        for (int at = 0; at < gradient.length; at++) {
            squares[at] += gradient[at] * gradient[at];
            parameters[at] -= RATE * gradient[at] / Math.sqrt(squares[at] + FIRST_SUM);
        }
    }
}
