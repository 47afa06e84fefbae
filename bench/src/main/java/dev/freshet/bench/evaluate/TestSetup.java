package dev.freshet.bench.evaluate;

import java.util.List;

/**
 * What a protocol that learns first and ranks then tells the baselines, so that each can choose its
 * settings.
 *
 * @param learned the interactions before the test, in time order
 * @param items number of items of the whole data set, an upper bound of {@link
 *     FirstInteraction#item}
 * @param repeats whether items with which a person has interacted are ranked again
 * @param frozen whether nothing is learned during the test but the histories of people
 * @param sessions whether a person is a session, whose first interaction is not ranked
 */
public record TestSetup(
        List<FirstInteraction> learned,
        int items,
        boolean repeats,
        boolean frozen,
        boolean sessions) {
    public TestSetup {
        learned = List.copyOf(learned);
    }
}
