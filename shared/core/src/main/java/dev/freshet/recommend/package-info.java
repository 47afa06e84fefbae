/**
 * The read flow: {@link dev.freshet.recommend.Recommender} is the one door, its list of stages the
 * product.
 *
 * <p>Enters: a query. Leaves: {@link dev.freshet.recommend.Recommendations}: items with scores and
 * reasons, a signed exposure token, the model's version and age, what of the reader's behaviour is
 * in it, and what had to be left out. Nothing here waits for the write flow or imports it.
 */
@NullMarked
package dev.freshet.recommend;

import org.jspecify.annotations.NullMarked;
