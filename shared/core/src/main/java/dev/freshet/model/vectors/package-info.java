/**
 * Items and users as vectors: terms and embeddings of content, factors learned online, and the
 * segments of users that follow from them.
 *
 * <p>Enters: catalogue records, and the items that users interacted with. Leaves: cosine
 * similarities and nearest neighbours, by inverted lists of terms and by an index of sign hashes; a
 * short vector of each item by matrix factorization, and that of a user by fold-in; and groups of
 * users of alike tastes, drawn once a day by k-means for insights and for the targeting of
 * experiments. Nothing is kept of a single user here.
 */
@NullMarked
package dev.freshet.model.vectors;

import org.jspecify.annotations.NullMarked;
