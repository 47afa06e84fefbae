/**
 * Tests of the local cloud's function package.
 *
 * <p>Input: handlers of the tests. Output: outcomes, limits and logs of their invocations.
 */
@NullMarked
package dev.freshet.local.function;

import org.jspecify.annotations.NullMarked;
