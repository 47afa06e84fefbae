/**
 * Models that turn texts into directions.
 *
 * <p>Enters: an item's title, tags and text. Leaves: a vector, through the port {@link
 * dev.freshet.catalog.Embedder}. One runs within the function ({@link
 * dev.freshet.embedding.MiniLmEmbedder}), one is AWS's ({@link
 * dev.freshet.embedding.TitanEmbedder}). The room is packed apart from the functions, as a layer
 * that only the catalogue's function has: a model and its native libraries weigh more than all the
 * rest.
 */
@NullMarked
package dev.freshet.embedding;

import org.jspecify.annotations.NullMarked;
