package dev.freshet.bench.evaluate;

import dev.freshet.catalog.Item;
import java.util.List;

/**
 * A data set in the order in which it is replayed.
 *
 * @param catalogue what is put before the first event; empty where the data set has none
 * @param steps in time order, ties in time in a seeded order
 * @param people how many there are; {@link FirstInteraction#person} is below it
 * @param items likewise
 * @param unread lines that could not be taken, the first {@value #MOST_TOLD} of them
 * @param unreadLines how many there were in all
 */
record Trace(
        List<Item> catalogue,
        List<ReplayStep> steps,
        int people,
        int items,
        List<BadLine> unread,
        int unreadLines) {
    static final int MOST_TOLD = 20;

    /**
     * A line that was left out.
     *
     * @param number from 1
     */
    record BadLine(long number, String why) {}

    Trace {
        catalogue = List.copyOf(catalogue);
        steps = List.copyOf(steps);
        unread = List.copyOf(unread);
    }

    /** How many of the steps are repeats. */
    int repeats() {
        return (int) steps.stream().filter(step -> !step.interaction().first()).count();
    }

    /** The first part of the stream, with the same numbers of people and items. */
    Trace opening(double share) {
        return new Trace(
                catalogue,
                steps.subList(0, (int) (steps.size() * share)),
                people,
                items,
                unread,
                unreadLines);
    }
}
