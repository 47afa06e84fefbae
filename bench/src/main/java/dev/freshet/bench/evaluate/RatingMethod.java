package dev.freshet.bench.evaluate;

/**
 * A method of rating prediction, called for each rating in turn: first {@link #predict}, then
 * {@link #learn}.
 */
interface RatingMethod {
    String name();

    /** Returns the predicted stars of this person, within the scale. */
    double predict(ReplayStep step);

    void learn(ReplayStep step);
}
