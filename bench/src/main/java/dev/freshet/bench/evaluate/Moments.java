package dev.freshet.bench.evaluate;

import dev.freshet.event.EventType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The interactions that are ranked and the state before each, as parallel arrays.
 *
 * @param step index of the step in the trace, ascending
 * @param person person of the interaction
 * @param first whether it is the person's first interaction with the item
 * @param history number of distinct items of the person before
 * @param itemEvents number of events of the item before; 0 for a new item, which is a miss
 * @param types the types of the person's events with the item, this one and later ones, as a bit
 *     for each {@link dev.freshet.event.EventType#number}
 * @param steps number of steps of the whole trace
 * @param every one in this many interactions is ranked
 */
@SuppressWarnings("ArrayRecordComponent") // columns that are never modified
record Moments(
        int[] step,
        int[] person,
        boolean[] first,
        int[] history,
        int[] itemEvents,
        long[] types,
        int steps,
        int every) {
    /**
     * Selects the interactions to rank.
     *
     * @param repeats whether repeated interactions are ranked as well as first ones
     * @param every 1 to rank all, otherwise one in this many; all are learned
     */
    static Moments of(Trace trace, boolean repeats, int every) {
        int steps = trace.steps().size();
        int[] step = new int[steps];
        int[] person = new int[steps];
        boolean[] first = new boolean[steps];
        int[] history = new int[steps];
        int[] itemEvents = new int[steps];
        long[] types = new long[steps];
        Map<Long, Long> ofPairs = typesOfPairs(trace);
        StreamState state = new StreamState(trace.items());
        int seen = 0;
        int size = 0;
        for (int at = 0; at < steps; at++) {
            FirstInteraction interaction = trace.steps().get(at).interaction();
            if ((interaction.first() || repeats) && seen++ % every == 0) {
                step[size] = at;
                person[size] = interaction.person();
                first[size] = interaction.first();
                history[size] = state.seenBy(interaction.person());
                itemEvents[size] = state.events(interaction.item());
                types[size] = ofPairs.getOrDefault(pair(interaction), 0L);
                size++;
            }
            state.learn(interaction);
        }
        return new Moments(
                Arrays.copyOf(step, size),
                Arrays.copyOf(person, size),
                Arrays.copyOf(first, size),
                Arrays.copyOf(history, size),
                Arrays.copyOf(itemEvents, size),
                Arrays.copyOf(types, size),
                steps,
                every);
    }

    private static Map<Long, Long> typesOfPairs(Trace trace) {
        Map<Long, Long> types = new HashMap<>();
        for (ReplayStep step : trace.steps()) {
            FirstInteraction interaction = step.interaction();
            types.merge(
                    pair(interaction),
                    1L << interaction.type().number(),
                    (some, one) -> some | one);
        }
        return types;
    }

    private static long pair(FirstInteraction interaction) {
        return (long) interaction.person() << 32 | interaction.item();
    }

    /** Returns whether the person did something of this type with the item, then or later. */
    boolean has(int at, EventType type) {
        return ((types[at] >>> type.number()) & 1) != 0;
    }

    /** Returns whether the moment is at this step. */
    boolean isAt(int moment, int at) {
        return moment < step.length && step[moment] == at;
    }

    int size() {
        return step.length;
    }

    /** Returns the position in the stream, 0 to 1. */
    double progress(int at) {
        return (double) step[at] / steps;
    }
}
