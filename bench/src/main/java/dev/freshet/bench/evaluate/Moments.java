package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.evaluate.Plan.After;
import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.event.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The steps of a test that are ranked, with the state before each and what the person goes on to
 * do, and the subsets of them that have figures of their own.
 */
final class Moments {
    /** Upper limit of a small number of items or events. */
    private static final int FEW = 3;

    /** Position in a stream after the part on which settings may have been chosen. */
    static final double LATE_FROM = 0.3;

    /** The least number of moments of a type of event that has figures. */
    static final int LEAST_OF_TYPE = 50;

    /** The largest part of all moments at which figures of a type differ from those of all. */
    private static final double MOST_OF_TYPE = 0.95;

    /** All moments. */
    static final Predicate<Moment> WHOLE = moment -> true;

    /** The stream after its first three tenths. */
    static final Predicate<Moment> LATE = moment -> moment.progress >= LATE_FROM;

    /** People with at most {@value #FEW} earlier items. */
    static final Predicate<Moment> THIN = moment -> moment.history <= FEW;

    /** Items without earlier events, which are misses for every method. */
    static final Predicate<Moment> UNSEEN_ITEMS = moment -> moment.itemEvents == 0;

    /** Items with one to {@value #FEW} earlier events. */
    static final Predicate<Moment> NEW_ITEMS =
            moment -> moment.itemEvents >= 1 && moment.itemEvents <= FEW;

    /**
     * One ranked step.
     *
     * @param step index of the step in the test
     * @param progress position in the test, 0 to below 1
     * @param person who is resampled with all of their moments: the person of the interaction, or
     *     the place of the moment where each person has one
     * @param first whether it is the person's first interaction with the item
     * @param history number of distinct items of the person before
     * @param itemEvents number of events of the item before
     * @param types the types of the person's events with the item, this one and later ones, as a
     *     bit for each {@link EventType#number}
     * @param wanted number of items that the person interacts with in the test, from this step on
     */
    record Moment(
            int step,
            double progress,
            int person,
            boolean first,
            int history,
            int itemEvents,
            long types,
            int wanted) {
        /** Returns whether the person did something of this type with the item, then or later. */
        boolean has(EventType type) {
            return ((types >>> type.number()) & 1) != 0;
        }
    }

    private final List<Moment> all = new ArrayList<>();
    private final int[] momentOfStep;
    private final Map<Long, Integer> lastStep = new HashMap<>();
    private final int people;

    private Moments(Plan plan) {
        List<Step> test = plan.test();
        momentOfStep = new int[test.size()];
        Map<Long, Long> types = new HashMap<>();
        test.forEach(step -> addType(types, step));
        int[] wanted = wanted(plan);
        StreamState state = new StreamState(plan.trace().items());
        plan.before().forEach(step -> state.learn(step.interaction()));
        boolean once = plan.rules().after() == After.FORGET;
        for (int at = 0; at < momentOfStep.length; at++) {
            FirstInteraction interaction = test.get(at).interaction();
            momentOfStep[at] = plan.ranked()[at] ? all.size() : -1;
            if (plan.ranked()[at]) {
                all.add(
                        new Moment(
                                at,
                                (double) at / test.size(),
                                once ? all.size() : interaction.person(),
                                interaction.first(),
                                state.seenBy(interaction.person()),
                                state.events(interaction.item()),
                                types.getOrDefault(pair(interaction), 0L),
                                wanted[at]));
            }
            plan.advance(state, interaction);
        }
        people = once ? all.size() : plan.trace().people();
    }

    static Moments of(Plan plan) {
        return new Moments(plan);
    }

    private static void addType(Map<Long, Long> types, Step step) {
        types.merge(
                pair(step.interaction()),
                1L << step.interaction().type().number(),
                (some, one) -> some | one);
    }

    /** Returns the number of items to come at each ranked step. */
    private int[] wanted(Plan plan) {
        int[] wanted = new int[momentOfStep.length];
        Map<Integer, Set<Integer>> toCome = new HashMap<>();
        for (int at = wanted.length - 1; at >= 0; at--) {
            FirstInteraction interaction = plan.test().get(at).interaction();
            Set<Integer> own =
                    toCome.computeIfAbsent(interaction.person(), person -> new HashSet<>());
            if (plan.rules().repeats() || interaction.first()) {
                own.add(interaction.item());
                lastStep.putIfAbsent(pair(interaction), at);
            }
            wanted[at] = own.size();
        }
        return wanted;
    }

    private static long pair(FirstInteraction interaction) {
        return pair(interaction.person(), interaction.item());
    }

    private static long pair(int person, int item) {
        return (long) person << 32 | item;
    }

    List<Moment> all() {
        return all;
    }

    int size() {
        return all.size();
    }

    /** Returns the number of people who are resampled, an upper bound of {@link Moment#person}. */
    int people() {
        return people;
    }

    /** Returns the moment of a step of the test, or −1 if it is not ranked. */
    int at(int step) {
        return momentOfStep[step];
    }

    /** Returns whether a person interacts with an item at a step of the test or later. */
    boolean isWanted(int step, int item, int person) {
        return lastStep.getOrDefault(pair(person, item), -1) >= step;
    }

    int count(Predicate<Moment> part) {
        return (int) all.stream().filter(part).count();
    }

    /** Returns the types of events with enough moments, and not with nearly all of them. */
    List<EventType> types() {
        return Arrays.stream(EventType.values())
                .filter(
                        type -> {
                            int count = count(moment -> moment.has(type));
                            return count >= LEAST_OF_TYPE && count <= MOST_OF_TYPE * size();
                        })
                .toList();
    }

    /**
     * Slices of the moments, for plots.
     *
     * @param labels labels of the slices, in order
     * @param sliceOf returns the slice of a moment
     */
    record Slices(List<String> labels, ToIntFunction<Moment> sliceOf) {
        private static final int OVER_STREAM = 20;
        private static final int[] HISTORY_FROM = {0, 1, 4, 8, 16, 32, 64, 128};

        /** Returns twentieths of the stream, labelled by their ends in percent. */
        static Slices overStream() {
            return new Slices(
                    IntStream.rangeClosed(1, OVER_STREAM)
                            .mapToObj(slice -> String.valueOf(100 * slice / OVER_STREAM))
                            .toList(),
                    moment -> (int) (moment.progress() * OVER_STREAM));
        }

        /** Returns slices by the number of earlier items of the person. */
        static Slices byHistory() {
            List<String> labels = new ArrayList<>();
            for (int slice = 0; slice + 1 < HISTORY_FROM.length; slice++) {
                int from = HISTORY_FROM[slice];
                int to = HISTORY_FROM[slice + 1] - 1;
                labels.add(from == to ? "" + to : from + "–" + to);
            }
            labels.add(HISTORY_FROM[HISTORY_FROM.length - 1] + "+");
            return new Slices(
                    labels,
                    moment -> {
                        int slice = HISTORY_FROM.length - 1;
                        while (moment.history() < HISTORY_FROM[slice]) {
                            slice--;
                        }
                        return slice;
                    });
        }

        /** Returns a figure of each slice. */
        List<Double> of(Figure figure, Scoreboard board) {
            return IntStream.range(0, labels.size())
                    .mapToObj(slice -> figure.over(board, at -> sliceOf.applyAsInt(at) == slice))
                    .toList();
        }

        /** Returns the number of moments in each slice. */
        List<Integer> counts(Moments moments) {
            return IntStream.range(0, labels.size())
                    .mapToObj(slice -> moments.count(at -> sliceOf.applyAsInt(at) == slice))
                    .toList();
        }
    }
}
