package dev.freshet.bench.evaluate;

/** Foretells ratings: first {@link #predict}, then {@link #learn}, each rating in turn. */
interface RatingMethod {
    String name();

    /** Stars that this person would give, within the scale. */
    double predict(ReplayStep step);

    void learn(ReplayStep step);
}
