/**
 * The model's own binary form: varints, fixed numbers, bounded strings.
 *
 * <p>Enters: values. Leaves: bytes, equal for equal values, and back; whatever is not what was
 * written is told by a {@link dev.freshet.model.bytes.MalformedBytesException}, never by another
 * exception and never by allocating what the bytes merely claim.
 */
@NullMarked
package dev.freshet.model.bytes;

import org.jspecify.annotations.NullMarked;
