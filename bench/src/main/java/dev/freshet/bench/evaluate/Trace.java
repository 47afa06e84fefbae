package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.catalog.Item;
import dev.freshet.features.StoredInteraction;
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
        List<Step> steps,
        int people,
        int items,
        List<BadLine> unread,
        int unreadLines) {
    static final int MAX_REPORTED = 20;

    /**
     * One event in both forms: the interaction for the protocol and the baselines, and the row that
     * the write flow would have stored.
     */
    record Step(FirstInteraction interaction, StoredInteraction row) {}

    /**
     * An unusable line.
     *
     * @param number number of the line, from 1
     * @param why reason
     */
    record BadLine(long number, String why) {}

    /** Numbers from 0 in the order of first occurrence. */
    static final class Numbers {
        private final Map<Object, Integer> numbers = new HashMap<>();

        int of(Object name) {
            Integer known = numbers.putIfAbsent(name, numbers.size());
            return known == null ? numbers.size() - 1 : known;
        }

        int size() {
            return numbers.size();
        }
    }

    /** Returns the number of repeated interactions. */
    int repeats() {
        return (int) steps.stream().filter(step -> !step.interaction().first()).count();
    }

    /** Returns some of the steps, with the numbering of the whole. */
    Trace with(List<Step> some) {
        return of(some, people, items);
    }

    /**
     * Returns a part of the stream as a stream of its own, as a site would see it that begins
     * there: people and items are numbered anew.
     *
     * @param from number of events before it
     * @param size number of events, or fewer where the stream ends
     */
    Trace part(int from, int size) {
        Numbers newPeople = new Numbers();
        Numbers newItems = new Numbers();
        Set<Long> pairs = new HashSet<>();
        List<Step> part = new ArrayList<>();
        for (Step step : steps.subList(from, from + Math.min(size, steps.size() - from))) {
            int person = newPeople.of(step.interaction().person());
            int item = newItems.of(step.interaction().item());
            boolean first = pairs.add((long) person << Integer.SIZE | item);
            part.add(new Step(step.interaction().numbered(person, item, first), step.row()));
        }
        return of(part, newPeople.size(), newItems.size());
    }

    private Trace of(List<Step> part, int numberOfPeople, int numberOfItems) {
        return new Trace(catalogue, profiles, part, numberOfPeople, numberOfItems, List.of(), 0);
    }
}
