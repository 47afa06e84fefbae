/**
 * Items of the catalogue, the attributes that a site gives to items and users, and the port that
 * stores items.
 *
 * <p>Enters: the JSON of an item, or of attributes. Leaves: a checked {@link
 * dev.freshet.catalog.Item} or checked values by name, or an exception with a code and a sentence;
 * and JSON that is equal for equal values.
 */
@NullMarked
package dev.freshet.catalog;

import org.jspecify.annotations.NullMarked;
