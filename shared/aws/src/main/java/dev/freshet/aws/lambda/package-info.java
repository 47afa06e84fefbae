/**
 * Adapter of the trainer's request for a compaction to Lambda. Enters: a request. Leaves: an
 * asynchronous invocation of a function.
 */
@NullMarked
package dev.freshet.aws.lambda;

import org.jspecify.annotations.NullMarked;
