/** Tests of the baselines on small examples computed by hand. */
@NullMarked
package dev.freshet.bench.baseline;

import org.jspecify.annotations.NullMarked;
