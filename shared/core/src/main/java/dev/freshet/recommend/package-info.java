/**
 * The read flow, on one screen in {@link dev.freshet.recommend.Recommender}.
 *
 * <p>Enters: a query. Leaves: {@link dev.freshet.recommend.Recommendations}: items with scores and
 * reasons, a signed exposure token, the version and age of the model, the part of the user's
 * behaviour that is taken into account, and what was left out. Nothing here waits for the write
 * flow or imports it.
 */
@NullMarked
package dev.freshet.recommend;

import org.jspecify.annotations.NullMarked;
