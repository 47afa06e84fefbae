/**
 * Signals: what the blend knows about one item for one user at one moment.
 *
 * <p>Enters: a model and the interactions of one user. Leaves: a vector of numbers for each item,
 * and the share that each interaction has in them.
 */
@NullMarked
package dev.freshet.model.signal;

import org.jspecify.annotations.NullMarked;
