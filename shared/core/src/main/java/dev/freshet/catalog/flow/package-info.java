/**
 * Catalogue changes: from an item to its row and its example.
 *
 * <p>Enters: items in ascending version. Leaves: rows behind the {@link
 * dev.freshet.catalog.Catalog} port, and one example per change with the terms and the embedding of
 * its text.
 */
@NullMarked
package dev.freshet.catalog.flow;

import org.jspecify.annotations.NullMarked;
