/**
 * What every measurement sets up first.
 *
 * <p>Enters: the options of a benchmark. Leaves: a local cloud in a temporary folder that ends with
 * the measurement, and the description of the machine that goes into the report.
 */
@NullMarked
package dev.freshet.bench.setup;

import org.jspecify.annotations.NullMarked;
