/** Tests of the rivals: toys computed by hand. */
@NullMarked
package dev.freshet.bench.rival;

import org.jspecify.annotations.NullMarked;
