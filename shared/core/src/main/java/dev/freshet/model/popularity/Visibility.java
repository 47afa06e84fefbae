package dev.freshet.model.popularity;

/**
 * Whether enough different people are behind an item's counts for others to see them. Counts that
 * are not visible read as zero, as if nobody had interacted with the item.
 */
public interface Visibility {
    /** Returns the number of different people from which on counts are visible, at least 1. */
    int people();

    /** Returns whether the counts of an item over all events are visible. */
    boolean shows(int item);

    /** Returns whether the counts of an item within a scope are visible. */
    boolean shows(int item, Scope scope);
}
