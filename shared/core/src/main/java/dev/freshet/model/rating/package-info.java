/**
 * Prediction of ratings by least squares over a few inputs, one observation at a time.
 *
 * <p>Enters: ratings in stars. Leaves: the predicted rating of an item by a user.
 */
@NullMarked
package dev.freshet.model.rating;

import org.jspecify.annotations.NullMarked;
