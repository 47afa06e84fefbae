/**
 * The model: an immutable value, learned by folding examples, kept as a log of versions.
 *
 * <p>Enters: {@link dev.freshet.model.Example}s in order. Leaves: a {@link dev.freshet.model.Model}
 * that answers questions about items (what goes together, what is popular, what is alike), its
 * deltas and snapshots, and a {@link dev.freshet.model.Replica} that follows the log. Knows no
 * names of readers, only pseudonyms.
 */
@NullMarked
package dev.freshet.model;

import org.jspecify.annotations.NullMarked;
