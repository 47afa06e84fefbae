/**
 * The model: an immutable value, learned by folding examples, kept as a log of versions.
 *
 * <p>Enters: {@link dev.freshet.model.Example}s in order. Leaves: a {@link dev.freshet.model.Model}
 * that answers questions about items (what goes together, what is popular, what is alike), its
 * deltas and snapshots, and a {@link dev.freshet.model.Replica} that follows the log. Asked about
 * the items of an answer, it tells which of the reader's acts moved them ({@link
 * dev.freshet.model.Movers}). Knows no names of readers, only pseudonyms.
 *
 * <p>Memory: ≈ 220 B an item, 24 B a basket entry, 60 B a reader, and ≈ 1 kB for an item's
 * catalogue record and words: 35 MB of heap at 41,000 items and 1,020,000 entries, measured without
 * a catalogue. Every part has a bound ({@link dev.freshet.model.ModelSettings}); docs/model.md
 * tells them all.
 */
@NullMarked
package dev.freshet.model;

import org.jspecify.annotations.NullMarked;
