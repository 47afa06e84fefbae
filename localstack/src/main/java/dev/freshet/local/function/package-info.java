/**
 * Lambda on one machine: sandboxes, timeouts, concurrency, and the outcome of each invocation.
 *
 * <p>Input: a {@link dev.freshet.local.template.Cloud.FunctionDefinition} and payloads. Output: an
 * {@link dev.freshet.local.function.Invocation} for each, counted. As in Lambda, a sandbox runs one
 * invocation at a time, the most recently used sandbox is used first, and one that timed out is
 * discarded.
 */
@NullMarked
package dev.freshet.local.function;

import org.jspecify.annotations.NullMarked;
