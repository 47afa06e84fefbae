package dev.freshet.bench.rerank;

/** A score of one item whose derivatives by its parameters are known. */
interface DifferentiableScore {
    /** Returns the parameters, which the caller may change. */
    double[] parameters();

    /** Returns the score of an item: 0 under the parameters at the start. */
    double score(double[] signals);

    /** Adds {@code times} the derivatives of an item's score to {@code gradient}. */
    void addGradient(double[] signals, double times, double[] gradient);
}
