/** Tests of this room. */
@NullMarked
package dev.freshet.model.bytes;

import org.jspecify.annotations.NullMarked;
