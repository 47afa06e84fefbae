/**
 * Re-rankers of the first items of the blend that were measured and are not in the product: a
 * factorisation machine, Hoeffding trees and a deep and cross network.
 *
 * <p>Enters: the first items of a ranking with their signals and scores, and which of them was
 * chosen. Leaves: what is added to the log odds of each. All start at zero and are deterministic.
 */
@NullMarked
package dev.freshet.bench.rerank;

import org.jspecify.annotations.NullMarked;
