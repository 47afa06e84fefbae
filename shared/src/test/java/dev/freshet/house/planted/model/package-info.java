/** Planted to break the rules of the house; see HouseTest. */
@NullMarked
package dev.freshet.house.planted.model;

import org.jspecify.annotations.NullMarked;
