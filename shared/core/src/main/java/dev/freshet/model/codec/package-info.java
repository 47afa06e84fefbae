/**
 * Binary form of deltas and snapshots.
 *
 * <p>Enters: a model, or the difference between two versions. Leaves: bytes, equal for equal
 * values, and the values read back; damaged bytes are reported as {@link
 * dev.freshet.model.bytes.MalformedBytesException}.
 */
@NullMarked
package dev.freshet.model.codec;

import org.jspecify.annotations.NullMarked;
