package dev.freshet.bench.rerank;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Adds to the log odds of the first items of a ranking; zero until it has learned. Used by one
 * thread.
 */
public interface Reranker {
    /** The names of all re-rankers. */
    List<String> NAMES = List.of("residual", "fm", "tree", "bayes-tree", "dcn");

    /**
     * Returns the untaught re-ranker of a name.
     *
     * @param signals number of signals of an item
     */
    static Optional<Reranker> of(String name, int signals) {
        return switch (name) {
            case "residual" -> Optional.of(new SecondOrder(signals));
            case "fm" -> Optional.of(new FactorisationMachine(signals, 1));
            case "tree" -> Optional.of(new HoeffdingTree(signals, HoeffdingTree.Leaves.COUNTS));
            case "bayes-tree" ->
                    Optional.of(new HoeffdingTree(signals, HoeffdingTree.Leaves.BAYES));
            case "dcn" -> Optional.of(new CrossNetwork(signals, 1));
            default -> Optional.empty();
        };
    }

    /**
     * Returns what is added to an item, in log odds.
     *
     * @param signals its standardised signals
     */
    double added(double[] signals);

    /**
     * Returns what is added to each item, in log odds.
     *
     * @param items standardised signals by item
     */
    default double[] added(double[][] items) {
        return Arrays.stream(items).mapToDouble(this::added).toArray();
    }

    /** Returns chances that are proportional to the exponentials of the sums of two scores each. */
    static double[] shares(double[] scores, double[] added) {
        double[] shares = new double[scores.length];
        double best = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < shares.length; at++) {
            shares[at] = scores[at] + added[at];
            best = Math.max(best, shares[at]);
        }
        double sum = 0;
        for (int at = 0; at < shares.length; at++) {
            shares[at] = Math.exp(shares[at] - best);
            sum += shares[at];
        }
        for (int at = 0; at < shares.length; at++) {
            shares[at] /= sum;
        }
        return shares;
    }

    /**
     * Learns from a choice.
     *
     * @param items standardised signals by item
     * @param scores of the blend, by item, in log odds
     * @param chosen index of the chosen item
     */
    void learn(double[][] items, double[] scores, int chosen);
}
