/**
 * Least squares, one observation at a time.
 *
 * <p>Enters: inputs and what they should have come to. Leaves: what each input is worth. Numbers
 * only; knows no items, no readers, no model.
 */
@NullMarked
package dev.freshet.model.rating;

import org.jspecify.annotations.NullMarked;
