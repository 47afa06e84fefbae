/**
 * {@code freshet batch}: brings the results of batch jobs to the model.
 *
 * <p>Enters: a file that a job of the module {@code batch} wrote. Leaves: the object in the bucket
 * of models of the running local cloud or of a stack on AWS, and an example that names it.
 */
@NullMarked
package dev.freshet.cli.batch;

import org.jspecify.annotations.NullMarked;
