/**
 * Tests of the event source mapping's rules.
 *
 * <p>Input: handwritten or seeded records and outcomes. Output: the requested actions and the
 * checkpoints.
 */
@NullMarked
package dev.freshet.local.mapping;

import org.jspecify.annotations.NullMarked;
