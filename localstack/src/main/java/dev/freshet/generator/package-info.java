/**
 * Sites with their users, generated from a seed, for the demo and for tests: a newspaper and a
 * shop.
 *
 * <p>Input: a seed and a start time. Output: a {@link dev.freshet.generator.GeneratedSite} of items
 * with text, and {@link dev.freshet.generator.GeneratedSite.SimulatedUser}s whose click
 * probabilities are known exactly, so that a recommender can be evaluated without sampling noise.
 * Equal seeds give equal results on every machine.
 */
@NullMarked
package dev.freshet.generator;

import org.jspecify.annotations.NullMarked;
