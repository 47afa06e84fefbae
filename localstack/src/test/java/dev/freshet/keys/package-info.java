/** Tests of {@link dev.freshet.keys}. */
@NullMarked
package dev.freshet.keys;

import org.jspecify.annotations.NullMarked;
