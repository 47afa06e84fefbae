package dev.freshet.bench.evaluate;

import dev.freshet.catalog.Item;
import dev.freshet.profile.UserProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /**
     * Returns a part of the stream as a stream of its own, as a site would see it that begins
     * there: people and items are numbered anew.
     *
     * @param from number of events before it
     * @param size number of events, or fewer where the stream ends
     */
    Trace part(int from, int size) {
        Map<Integer, Integer> numbersOfPeople = new HashMap<>();
        Map<Integer, Integer> numbersOfItems = new HashMap<>();
        Set<Long> pairs = new HashSet<>();
        List<ReplayStep> part = new ArrayList<>();
        for (ReplayStep step : steps.subList(from, Math.min(steps.size(), from + size))) {
            FirstInteraction was = step.interaction();
            int person = number(numbersOfPeople, was.person());
            int item = number(numbersOfItems, was.item());
            part.add(
                    new ReplayStep(
                            new FirstInteraction(
                                    person,
                                    item,
                                    was.type(),
                                    was.strength(),
                                    was.at(),
                                    was.session(),
                                    pairs.add((long) person << Integer.SIZE | item)),
                            step.row()));
        }
        return new Trace(
                catalogue,
                profiles,
                part,
                numbersOfPeople.size(),
                numbersOfItems.size(),
                List.of(),
                0);
    }

    private static int number(Map<Integer, Integer> numbers, int of) {
        Integer known = numbers.putIfAbsent(of, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }
}
