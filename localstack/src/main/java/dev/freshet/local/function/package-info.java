/**
 * Lambda, on one machine: sandboxes, timeouts, concurrency, and what came of each invocation.
 *
 * <p>In: a {@link dev.freshet.local.template.FunctionDefinition} and payloads. Out: an {@link
 * dev.freshet.local.function.Invocation} each, counted. As in Lambda a sandbox takes one invocation
 * at a time and the one used last is used next; one that timed out is thrown away.
 */
@NullMarked
package dev.freshet.local.function;

import org.jspecify.annotations.NullMarked;
