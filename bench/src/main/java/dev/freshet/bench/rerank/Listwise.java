package dev.freshet.bench.rerank;

/**
 * Learns the parameters of a score from choices: the gradient of the log loss of a softmax over the
 * items, with the step lengths of Adagrad (Duchi, Hazan, Singer 2011).
 */
final class Listwise implements Reranker {
    private static final double RATE = 0.01;
    private static final double FIRST_SUM = 0.1;

    private final DifferentiableScore score;
    private final double[] squares;

    Listwise(DifferentiableScore score) {
        this.score = score;
        squares = new double[score.parameters().length];
    }

    @Override
    public double[] added(double[][] items) {
        double[] added = new double[items.length];
        for (int at = 0; at < items.length; at++) {
            added[at] = score.score(items[at]);
        }
        return added;
    }

    @Override
    public void learn(double[][] items, double[] scores, int chosen) {
        double[] shares = ChoiceShares.of(scores, added(items));
        double[] gradient = new double[squares.length];
        for (int at = 0; at < items.length; at++) {
            score.addGradient(items[at], shares[at] - (at == chosen ? 1 : 0), gradient);
        }
        double[] parameters = score.parameters();
        for (int at = 0; at < gradient.length; at++) {
            squares[at] += gradient[at] * gradient[at];
            parameters[at] -= RATE * gradient[at] / Math.sqrt(squares[at] + FIRST_SUM);
        }
    }
}
