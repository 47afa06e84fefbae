/**
 * Keys, expiry times and normal forms of rows, shared by all table adapters.
 *
 * <p>Enters: values of the domain. Leaves: sort keys, expiry times, and values normalised to what a
 * row can hold.
 */
@NullMarked
package dev.freshet.aws.row;

import org.jspecify.annotations.NullMarked;
