package dev.freshet.model;

import dev.freshet.model.rows.TopN;

/** What readers met next after an item, within a day. */
public final class NextItems {
    private final ItemTable items;
    private final Successors successors;

    NextItems(ItemTable items, Successors successors) {
        this.items = items;
        this.successors = successors;
    }

    /**
     * Items met next, deleted ones left out; scores are numbers of readers at least, by the table's
     * lower bound.
     */
    public ItemScores after(int item, int limit) {
        TopN top = new TopN(Math.min(limit, ModelSettings.SUCCESSORS));
        int[] row = successors.row(item);
        for (int at = 0; at < row.length; at += Successors.WIDTH) {
            int count = row[at + 1] - row[at + 2];
            if (count > 0 && !items.deleted(row[at])) {
                top.offer(row[at], count);
            }
        }
        return ItemScores.drain(top);
    }

    /** How many readers at least went from one to the other. */
    public int count(int item, int next) {
        int[] row = successors.row(item);
        for (int at = 0; at < row.length; at += Successors.WIDTH) {
            if (row[at] == next) {
                return row[at + 1] - row[at + 2];
            }
        }
        return 0;
    }
}
