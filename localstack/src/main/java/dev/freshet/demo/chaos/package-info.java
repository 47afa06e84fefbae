/**
 * Fault injection that kills processes of a local cloud in use.
 *
 * <p>Input: how to start a local cloud, a seed, a duration. Output: which processes were killed and
 * when, how long each was down, and how the API answered meanwhile.
 */
@NullMarked
package dev.freshet.demo.chaos;

import org.jspecify.annotations.NullMarked;
