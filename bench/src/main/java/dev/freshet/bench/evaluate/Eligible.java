package dev.freshet.bench.evaluate;

/**
 * Items that are ranked at one moment: all items known so far, without those with which this person
 * has interacted, unless repeats are ranked.
 *
 * @param repeats whether items with which the person has interacted are ranked too
 */
record Eligible(StreamState state, int person, boolean repeats) {
    boolean has(int item) {
        return item >= 0 && item < state.items() && (repeats || !state.hasSeen(person, item));
    }

    int size() {
        return state.items() - (repeats ? 0 : state.seenBy(person));
    }
}
