package dev.freshet.bench.evaluate;

import java.util.List;

/** Which rivals are held against the blend; handed to the command where commands are made. */
public interface BaselineSet {
    /**
     * For a prequential run, in the order of the table; each has learned nothing yet.
     *
     * @param stream all of it; settings may be chosen on its first three tenths, and on nothing
     *     further on
     * @param seed of whatever is random
     */
    List<Baseline> ofStream(List<FirstInteraction> stream, long seed);

    /**
     * For a split run: each is fed the train pairs as a stream, then asked for each user.
     *
     * @param items how many there are
     */
    List<Baseline> ofSplit(int items, long seed);
}
