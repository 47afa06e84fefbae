/**
 * Models that turn texts and images into vectors.
 *
 * <p>Enters: an item's title, tags and text, and the address of its image. Leaves: a vector,
 * through the port {@link dev.freshet.catalog.Embedder}. One model runs within the function ({@link
 * dev.freshet.embedding.MiniLmEmbedder}), two are services of AWS ({@link
 * dev.freshet.embedding.TitanEmbedder}). The package is deployed as a Lambda layer that only the
 * catalogue's function has, since a model and its native libraries are larger than everything else
 * together.
 */
@NullMarked
package dev.freshet.embedding;

import org.jspecify.annotations.NullMarked;
