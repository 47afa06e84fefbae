/** Measurement of what the functions consume, for the command {@code freshet cost}. */
@NullMarked
package dev.freshet.bench.cost;

import org.jspecify.annotations.NullMarked;
