package dev.freshet.bench.evaluate;

import java.util.Arrays;

/**
 * The meetings that are ranked and what was known at each, beside each other in arrays.
 *
 * @param step which step of the trace, ascending
 * @param person who met
 * @param history distinct items that the person had met before
 * @param itemEvents events that the item had seen before; 0 where nobody ever met it: a miss
 * @param steps of the whole trace
 * @param every one of so many meetings is ranked
 */
@SuppressWarnings("ArrayRecordComponent") // columns, changed by nobody
record Moments(int[] step, int[] person, int[] history, int[] itemEvents, int steps, int every) {
    /**
     * Chooses the meetings to rank.
     *
     * @param repeats whether repeats are ranked as well as first meetings
     * @param every 1 for all of them; else each so-manieth, everything being learned all the same
     */
    static Moments of(Trace trace, boolean repeats, int every) {
        int steps = trace.steps().size();
        int[] step = new int[steps];
        int[] person = new int[steps];
        int[] history = new int[steps];
        int[] itemEvents = new int[steps];
        Stand stand = new Stand(trace.items());
        int seen = 0;
        int size = 0;
        for (int at = 0; at < steps; at++) {
            FirstInteraction interaction = trace.steps().get(at).interaction();
            if ((interaction.first() || repeats) && seen++ % every == 0) {
                step[size] = at;
                person[size] = interaction.person();
                history[size] = stand.seenBy(interaction.person());
                itemEvents[size] = stand.events(interaction.item());
                size++;
            }
            stand.learn(interaction);
        }
        return new Moments(
                Arrays.copyOf(step, size),
                Arrays.copyOf(person, size),
                Arrays.copyOf(history, size),
                Arrays.copyOf(itemEvents, size),
                steps,
                every);
    }

    /** Whether this moment is at this step. */
    boolean isAt(int moment, int at) {
        return moment < step.length && step[moment] == at;
    }

    int size() {
        return step.length;
    }

    /** How far through the stream, 0 to 1. */
    double progress(int at) {
        return (double) step[at] / steps;
    }
}
