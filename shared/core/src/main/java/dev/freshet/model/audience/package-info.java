/**
 * Sums about the catalogue: how often each item was shown, clicked and read, and how much interest
 * each topic had by hour. They answer an owner's questions; showings and clicks are a signal too.
 *
 * <p>Enters: lists shown, clicks on them, reading events, counted interactions. Leaves: immutable
 * sums without names of users, bounded and without any store.
 */
@NullMarked
package dev.freshet.model.audience;

import org.jspecify.annotations.NullMarked;
