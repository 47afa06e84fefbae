/**
 * The read flow, on one screen in {@link dev.freshet.recommend.Recommender}.
 *
 * <p>Enters: a query. Leaves: {@link dev.freshet.recommend.Recommendations}: items with scores and
 * reasons, a signed exposure token, the version and age of the model, the part of the user's
 * behaviour that is taken into account, and what was left out. Nothing here waits for the write
 * flow or imports it. {@link dev.freshet.recommend.BulkRun} is what those who start a run of lists
 * for many users share with the function that makes them.
 */
@NullMarked
package dev.freshet.recommend;

import org.jspecify.annotations.NullMarked;
