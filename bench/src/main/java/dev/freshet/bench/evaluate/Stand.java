package dev.freshet.bench.evaluate;

import dev.freshet.model.rows.IntIndex;
import java.util.ArrayList;
import java.util.List;

/**
 * What the protocol knows at one point of the stream: which items were met so far, how often, and
 * who met which. One for each pass over the stream; memory ≈ 12 B for each person and item that
 * met.
 */
final class Stand {
    private final List<IntIndex> seen = new ArrayList<>();
    private final int[] events;
    private int items;
    private long all;

    /**
     * The stand before the first event.
     *
     * @param items of the data set
     */
    Stand(int items) {
        events = new int[items];
    }

    /** Counts an event. */
    void learn(FirstInteraction interaction) {
        while (seen.size() <= interaction.person()) {
            seen.add(new IntIndex(8));
        }
        seen.get(interaction.person()).orderOrInsert(interaction.item());
        items = Math.max(items, interaction.item() + 1);
        events[interaction.item()]++;
        all++;
    }

    /** Items met so far by anybody: those with a number below it. */
    int items() {
        return items;
    }

    /** Distinct items that this person met. */
    int seenBy(int person) {
        return person < seen.size() ? seen.get(person).size() : 0;
    }

    boolean hasSeen(int person, int item) {
        return person < seen.size() && seen.get(person).order(item) >= 0;
    }

    /** Events on an item so far. */
    int events(int item) {
        return events[item];
    }

    /** −log₂ of the item's share of all events so far: what it tells to be recommended it. */
    double surprise(int item) {
        return Math.log((double) all / events[item]) / Math.log(2);
    }
}
