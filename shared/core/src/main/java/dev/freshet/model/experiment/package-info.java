/**
 * Experiments as the model holds them: the announced definitions, and what users of each arm did.
 *
 * <p>Enters: announcements of definitions, and examples of users who are enrolled in an experiment.
 * Leaves: the definitions for those who assign users, and sums by arm and bucket of users, from
 * which {@code experiment} computes results.
 */
@NullMarked
package dev.freshet.model.experiment;

import org.jspecify.annotations.NullMarked;
