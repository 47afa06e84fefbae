package dev.freshet.bench.rival;

/** A method that learns all at once, from everything met so far. */
interface BatchMethod {
    String name();

    String settings();

    /**
     * Learns anew, starting where useful from what it learned last.
     *
     * @param people who met what, to the present moment
     * @param items how many are known: those with a number below it
     */
    void train(Histories people, int items);

    /**
     * As {@link dev.freshet.bench.evaluate.Baseline#score}, for a history of any length.
     *
     * @param history oldest first, from 0 to {@code length}
     */
    void score(int[] history, int length, float[] scores);
}
