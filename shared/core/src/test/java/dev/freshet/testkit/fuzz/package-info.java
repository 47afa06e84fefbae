/**
 * Fuzzing of all code that parses untrusted bytes.
 *
 * <p>Enters: valid inputs. Leaves: mutated inputs for the fuzz targets, and for each finding the
 * input that caused it.
 */
@NullMarked
package dev.freshet.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
