/**
 * Set-up shared by all measurements.
 *
 * <p>Input: the options of a benchmark. Output: a local cloud in a temporary folder that ends with
 * the measurement, and the description of the machine for the report.
 */
@NullMarked
package dev.freshet.bench.setup;

import org.jspecify.annotations.NullMarked;
