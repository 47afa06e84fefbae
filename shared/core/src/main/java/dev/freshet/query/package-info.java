/**
 * Queries of the read flow, as immutable values.
 *
 * <p>Enters: the JSON or the URL parameters of a request. Leaves: a checked {@link
 * dev.freshet.query.ListRequest}, or an {@link dev.freshet.query.InvalidQueryException} with a code
 * and a message. Independent of tables and models.
 */
@NullMarked
package dev.freshet.query;

import org.jspecify.annotations.NullMarked;
