package dev.freshet.bench.baseline;

/** A method that is trained in batches on all interactions so far. */
interface BatchMethod {
    String name();

    String settings();

    /**
     * Trains again, possibly starting from the previous result.
     *
     * @param people histories up to the present time
     * @param items number of known items
     */
    void train(Histories people, int items);

    /**
     * Scores all known items for a history.
     *
     * @param history items, oldest first, from 0 to {@code length}
     * @param length length of the history
     * @param scores output; higher is better, all finite
     */
    void score(int[] history, int length, float[] scores);
}
