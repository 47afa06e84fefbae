/**
 * Items of the catalogue and the port that stores them.
 *
 * <p>Enters: the JSON of an item. Leaves: a checked {@link dev.freshet.catalog.Item}, or an {@link
 * dev.freshet.catalog.ItemReader.InvalidItemException} with a code and a sentence.
 */
@NullMarked
package dev.freshet.catalog;

import org.jspecify.annotations.NullMarked;
