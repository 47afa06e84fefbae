/**
 * Keys and forms of rows that every table adapter shares.
 *
 * <p>Enters: values of the domain. Leaves: sort keys, expiry times, and values normalised to what a
 * row can hold.
 */
@NullMarked
package dev.freshet.aws.row;

import org.jspecify.annotations.NullMarked;
