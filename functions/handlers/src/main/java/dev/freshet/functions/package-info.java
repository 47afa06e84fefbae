/**
 * The Lambda handlers.
 *
 * <p>Enters: requests from API Gateway, batches from Lambda's event source mappings, and the
 * invocations of a schedule. Leaves: responses, the lists of unfinished records, and log lines.
 */
@NullMarked
package dev.freshet.functions;

import org.jspecify.annotations.NullMarked;
