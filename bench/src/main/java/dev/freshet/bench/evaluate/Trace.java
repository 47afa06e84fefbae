package dev.freshet.bench.evaluate;

import dev.freshet.catalog.Item;
import dev.freshet.profile.UserProfile;
import java.util.List;
import java.util.Map;

/**
 * A data set in the order of the replay.
 *
 * @param catalogue the data set's own records of items; empty if it has none
 * @param profiles profiles of people by user id; empty if nothing is known of them
 * @param steps events in time order, with ties in a seeded order
 * @param people number of people, an upper bound of {@link FirstInteraction#person}
 * @param items number of items, an upper bound of {@link FirstInteraction#item}
 * @param unread the first {@value #MAX_REPORTED} unusable lines
 * @param unreadLines total number of unusable lines
 */
record Trace(
        List<Item> catalogue,
        Map<String, UserProfile> profiles,
        List<ReplayStep> steps,
        int people,
        int items,
        List<BadLine> unread,
        int unreadLines) {
    static final int MAX_REPORTED = 20;

    /**
     * An unusable line.
     *
     * @param number number of the line, from 1
     * @param why reason
     */
    record BadLine(long number, String why) {}

    Trace {
        catalogue = List.copyOf(catalogue);
        profiles = Map.copyOf(profiles);
        steps = List.copyOf(steps);
        unread = List.copyOf(unread);
    }

    /** Returns the number of repeated interactions. */
    int repeats() {
        return (int) steps.stream().filter(step -> !step.interaction().first()).count();
    }

    /** Returns the first part of the stream, with the numbering of the whole. */
    Trace opening(double share) {
        return new Trace(
                catalogue,
                profiles,
                steps.subList(0, (int) (steps.size() * share)),
                people,
                items,
                unread,
                unreadLines);
    }
}
