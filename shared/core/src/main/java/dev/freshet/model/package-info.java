/**
 * The model: an immutable value, learned by folding examples.
 *
 * <p>Enters: {@link dev.freshet.example.Example}s in order. Leaves: a {@link
 * dev.freshet.model.Model} that answers questions about items: co-occurrence, popularity,
 * similarity. It contains pseudonyms, never ids of users. A model, or the difference between two
 * versions, is written as bytes that are equal for equal values ({@link
 * dev.freshet.model.SnapshotCodec}).
 *
 * <p>Memory: about 220 B an item, 24 B a basket entry, 60 B a user, and 1 kB for the catalogue
 * record and terms of an item: 35 MB of heap at 41,000 items and 1,020,000 entries, measured
 * without a catalogue. Every part has a bound ({@link dev.freshet.model.settings.ModelSettings}).
 */
@NullMarked
package dev.freshet.model;

import org.jspecify.annotations.NullMarked;
