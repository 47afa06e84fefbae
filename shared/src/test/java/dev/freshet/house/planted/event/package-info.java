/** Planted to break the rules of the house; see HouseTest. */
@NullMarked
package dev.freshet.house.planted.event;

import org.jspecify.annotations.NullMarked;
