/**
 * Adapters of the ports, and the one record that reads the environment.
 *
 * <p>Enters: the environment ({@link dev.freshet.storage.Settings}) and values of the concepts.
 * Leaves: rows, records and objects, and the values read back, exactly in the form that {@link
 * dev.freshet.storage.RowForm} states. Each sub-package adapts one service; {@code memory} adapts
 * none and keeps the same contracts. What a service refuses for the moment leaves as {@link
 * dev.freshet.feature.StoreUnavailableException}.
 */
@NullMarked
package dev.freshet.storage;

import org.jspecify.annotations.NullMarked;
