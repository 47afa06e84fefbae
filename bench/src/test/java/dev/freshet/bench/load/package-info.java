/** Tests of the load generator and of what it reports. */
@NullMarked
package dev.freshet.bench.load;

import org.jspecify.annotations.NullMarked;
