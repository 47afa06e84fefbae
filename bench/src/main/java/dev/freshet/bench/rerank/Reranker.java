package dev.freshet.bench.rerank;

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
            case "fm" -> Optional.of(new Listwise(new FactorisationMachine(signals, 1)));
            case "tree" -> Optional.of(new TreeReranker(signals, HoeffdingTree.Leaves.COUNTS));
            case "bayes-tree" -> Optional.of(new TreeReranker(signals, HoeffdingTree.Leaves.BAYES));
            case "dcn" -> Optional.of(new Listwise(new CrossNetwork(signals, 1)));
            default -> Optional.empty();
        };
    }

    /**
     * Returns what is added to each item, in log odds.
     *
     * @param items standardised signals by item
     */
    double[] added(double[][] items);

    /**
     * Learns from a choice.
     *
     * @param items standardised signals by item
     * @param scores of the blend, by item, in log odds
     * @param chosen index of the chosen item
     */
    void learn(double[][] items, double[] scores, int chosen);
}
