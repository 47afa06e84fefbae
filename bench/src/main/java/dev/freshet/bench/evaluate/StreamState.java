package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.model.rows.IntIndex;
import java.util.ArrayList;
import java.util.List;

/**
 * State of the protocol at one position of the stream: the items known so far, their event counts,
 * and the items of each person. One instance for each pass over the stream; memory ≈ 12 B for each
 * pair of person and item.
 */
final class StreamState {
    private final List<IntIndex> seen = new ArrayList<>();
    private final int[] events;
    private int items;
    private long all;

    /**
     * Creates the state before the first event.
     *
     * @param items number of items of the data set
     */
    StreamState(int items) {
        events = new int[items];
    }

    /**
     * Items that are ranked at one moment: all items known so far, without those with which this
     * person has interacted, unless repeats are ranked.
     *
     * @param repeats whether items with which the person has interacted are ranked too
     */
    record Eligible(StreamState state, int person, boolean repeats) {
        boolean has(int item) {
            return item >= 0 && item < state.items && (repeats || !state.hasSeen(person, item));
        }

        int size() {
            return state.items - (repeats ? 0 : state.seenBy(person));
        }

        /** Returns the known items that are not ranked. */
        int[] left() {
            return repeats || person >= state.seen.size()
                    ? new int[0]
                    : state.seen.get(person).keys();
        }
    }

    /** Counts an event. */
    void learn(FirstInteraction interaction) {
        see(interaction);
        items = Math.max(items, interaction.item() + 1);
        events[interaction.item()]++;
        all++;
    }

    /**
     * Adds an item that is known to those of a person, without counting an event. An unknown one
     * stays unknown.
     */
    void observe(FirstInteraction interaction) {
        if (interaction.item() < items) {
            see(interaction);
        }
    }

    private void see(FirstInteraction interaction) {
        while (seen.size() <= interaction.person()) {
            seen.add(new IntIndex(8));
        }
        seen.get(interaction.person()).orderOrInsert(interaction.item());
    }

    /** Returns the number of items known so far, which are those with lower numbers. */
    int items() {
        return items;
    }

    /** Returns the number of distinct items of this person. */
    int seenBy(int person) {
        return person < seen.size() ? seen.get(person).size() : 0;
    }

    private boolean hasSeen(int person, int item) {
        return person < seen.size() && seen.get(person).order(item) >= 0;
    }

    /** Returns the number of events of an item so far. */
    int events(int item) {
        return events[item];
    }

    /** Returns the self-information −log₂ of the item's share of all events so far, in bits. */
    double surprise(int item) {
        return Math.log((double) all / events[item]) / Math.log(2);
    }
}
