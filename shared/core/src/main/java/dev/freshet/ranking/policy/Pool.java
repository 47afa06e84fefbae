package dev.freshet.ranking.policy;

/** Alternatives for the next place of a list; what is placed changes what the others are worth. */
public interface Pool {
    /** Returns the number of alternatives, placed ones included. */
    int size();

    /** Returns whether the alternative can still be placed. */
    boolean open(int index);

    /** Returns what an open alternative is worth at the next place; larger is better. */
    double worth(int index);

    /**
     * Gives the next place to an alternative.
     *
     * @param index of any alternative; one behind the last stands for an item that is not in the
     *     pool, which takes a place all the same
     */
    void place(int index);
}
