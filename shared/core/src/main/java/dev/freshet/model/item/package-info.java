/**
 * The item table of the model.
 *
 * <p>Enters: item ids and catalogue records. Leaves: dense item indexes, and the catalogue record,
 * birth and last interaction of each item.
 */
@NullMarked
package dev.freshet.model.item;

import org.jspecify.annotations.NullMarked;
