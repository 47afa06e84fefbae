/**
 * What lies in nearly the same direction.
 *
 * <p>Enters: directions by dense index ({@link dev.freshet.model.nearest.Direction}). Leaves: the
 * few of many that are worth a closer look ({@link dev.freshet.model.nearest.SignIndex}). Knows
 * nothing of where directions come from: embeddings of texts, factors, or vectors that a site gave.
 */
@NullMarked
package dev.freshet.model.nearest;

import org.jspecify.annotations.NullMarked;
