package dev.freshet.bench.evaluate;

import java.util.Arrays;

/**
 * The interactions that are ranked and the state before each, as parallel arrays.
 *
 * @param step index of the step in the trace, ascending
 * @param person person of the interaction
 * @param history number of distinct items of the person before
 * @param itemEvents number of events of the item before; 0 for a new item, which is a miss
 * @param steps number of steps of the whole trace
 * @param every one in this many interactions is ranked
 */
@SuppressWarnings("ArrayRecordComponent") // columns that are never modified
record Moments(int[] step, int[] person, int[] history, int[] itemEvents, int steps, int every) {
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
        int[] history = new int[steps];
        int[] itemEvents = new int[steps];
        StreamState state = new StreamState(trace.items());
        int seen = 0;
        int size = 0;
        for (int at = 0; at < steps; at++) {
            FirstInteraction interaction = trace.steps().get(at).interaction();
            if ((interaction.first() || repeats) && seen++ % every == 0) {
                step[size] = at;
                person[size] = interaction.person();
                history[size] = state.seenBy(interaction.person());
                itemEvents[size] = state.events(interaction.item());
                size++;
            }
            state.learn(interaction);
        }
        return new Moments(
                Arrays.copyOf(step, size),
                Arrays.copyOf(person, size),
                Arrays.copyOf(history, size),
                Arrays.copyOf(itemEvents, size),
                steps,
                every);
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
