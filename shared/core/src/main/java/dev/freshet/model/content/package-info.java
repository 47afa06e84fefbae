/**
 * Similarity of items by content: terms and embeddings.
 *
 * <p>Enters: terms and embeddings of catalogue records. Leaves: cosine similarities and nearest
 * neighbours, by inverted lists of terms and by an index of sign hashes.
 */
@NullMarked
package dev.freshet.model.content;

import org.jspecify.annotations.NullMarked;
