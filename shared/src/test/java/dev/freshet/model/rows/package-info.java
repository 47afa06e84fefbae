/** Tests of this room. */
@NullMarked
package dev.freshet.model.rows;

import org.jspecify.annotations.NullMarked;
