/**
 * Queries of the lake by Athena. Enters: a statement. Leaves: the rows of its result, a page at a
 * time.
 */
@NullMarked
package dev.freshet.aws.athena;

import org.jspecify.annotations.NullMarked;
