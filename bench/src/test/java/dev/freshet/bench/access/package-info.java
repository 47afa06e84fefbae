/** Tests of {@link dev.freshet.bench.access}. */
@NullMarked
package dev.freshet.bench.access;

import org.jspecify.annotations.NullMarked;
