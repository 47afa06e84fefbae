package dev.freshet.bench.evaluate;

import java.util.List;

/**
 * Factory of the baselines that are compared with the blend; passed to the command at its creation.
 */
public interface BaselineSet {
    /**
     * Returns untrained baselines for a prequential run, in the order of the table.
     *
     * @param stream the whole stream; settings may be chosen on its first three tenths only
     * @param seed random seed
     */
    List<Baseline> ofStream(List<FirstInteraction> stream, long seed);

    /**
     * Returns untrained baselines for a split run, in which each learns the train pairs as a stream
     * and is then evaluated for each user.
     *
     * @param items number of items
     * @param seed random seed
     */
    List<Baseline> ofSplit(int items, long seed);

    /**
     * Returns untrained baselines for a protocol that learns first and ranks then.
     *
     * @param setup what is learned, on which settings may be chosen, and the rules of the test
     * @param seed random seed
     */
    List<Baseline> ofTest(TestSetup setup, long seed);
}
