/**
 * Processes of packaged functions as Lambda runs them, and the network between them and the stores.
 *
 * <p>Enters: a function of the template, its environment, JVM options. Leaves: a process that takes
 * invocations, is frozen, restored and ended.
 */
@NullMarked
package dev.freshet.bench.function;

import org.jspecify.annotations.NullMarked;
