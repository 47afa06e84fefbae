package dev.freshet.model.part;

import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.rows.Continuation;

/**
 * The mutable continuation of a part of the model. Each method is called for every example, or
 * every change, of its kind, in order; a part overrides those that it folds. What a part does must
 * depend on nothing but its arguments, so that equal examples give equal bytes. A view ({@link
 * #peek}) may be the empty value where nothing that learns reads the part.
 *
 * @param <V> type of the values
 */
public interface PartDraft<V> extends Continuation<V> {
    /** Folds a list that a user was shown. */
    default void shown(Example.Exposure list, FoldContext model) {}

    /** Folds an interaction, whatever its target is, after it changed the user's basket. */
    default void happened(Example.Interaction interaction, FoldContext model) {}

    /** Takes an interaction back that was retracted. */
    default void takenBack(Example.Interaction interaction) {}

    /** Makes what is known of one user known of another. */
    default void merged(Example.Merge merge) {}

    /** Forgets a user. */
    default void forgotten(Pseudonym user) {}

    /**
     * Applies an announcement, which comes from no event.
     *
     * @return whether it changed the part
     */
    default boolean announced(Example announcement, FoldContext model) {
        return false;
    }

    /**
     * Adds an event to counts over all users, or subtracts one that was added.
     *
     * @param sign 1 or −1
     */
    default void count(CountedEvent event, int sign, FoldContext model) {}

    /**
     * Adds what an interaction with an item of the model says about the item, or takes it back.
     *
     * @param sign 1 or −1
     */
    default void interacted(Example.Interaction interaction, int item, int sign) {}

    /** Replaces what the part knows of an item, whose version is a new one. */
    default void put(int item, Example.ItemChanged changed, FoldContext model) {}
}
