/**
 * Fuzzing of every reader of untrusted bytes.
 *
 * <p>Enters: seeds and mutations. Leaves: inputs for the fuzz targets, and the smallest input that
 * breaks one.
 */
@NullMarked
package dev.freshet.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
