/** Tests of the computation of costs. */
@NullMarked
package dev.freshet.cli.cost;

import org.jspecify.annotations.NullMarked;
