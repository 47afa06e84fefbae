/**
 * Off-policy evaluation: what lists would have earned by another policy, from logged lists with the
 * probabilities that they were drawn with.
 *
 * <p>Enters: exported exposures or the Open Bandit Dataset. Leaves: estimates with intervals, or
 * the reasons why the log cannot answer.
 */
@NullMarked
package dev.freshet.bench.ope;

import org.jspecify.annotations.NullMarked;
