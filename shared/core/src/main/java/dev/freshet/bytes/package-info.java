/**
 * The binary form of model data: varints, fixed-length numbers, bounded strings.
 *
 * <p>Enters: values. Leaves: bytes, equal for equal values, and the values read back. Invalid bytes
 * are reported only by a {@link dev.freshet.bytes.MalformedBytesException}, without allocating
 * memory for sizes that they merely claim.
 */
@NullMarked
package dev.freshet.bytes;

import org.jspecify.annotations.NullMarked;
