/**
 * Catalogue changes: from an item to its row and its example.
 *
 * <p>Enters: items with a version. Leaves: rows in the {@link dev.freshet.catalog.Catalog}, and one
 * example per change, with the terms and the embedding of the item's text, in the {@code examples}
 * stream.
 */
@NullMarked
package dev.freshet.itemflow;

import org.jspecify.annotations.NullMarked;
