/**
 * The read side's question, as one immutable value.
 *
 * <p>Enters: the JSON of a request. Leaves: a checked {@link
 * dev.freshet.query.RecommendationQuery}, or a {@link dev.freshet.query.InvalidQueryException} with
 * a code and a sentence. Knows nothing of tables or models.
 */
@NullMarked
package dev.freshet.query;

import org.jspecify.annotations.NullMarked;
