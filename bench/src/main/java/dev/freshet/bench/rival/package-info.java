/**
 * The rivals of the blend: published methods that rank the same stream. Meetings enter, scores over
 * all items leave.
 *
 * <p>Each learns from what was done, not from how strongly: a meeting counts as one, whatever its
 * stars, as in the papers; only what shows no interest ({@link dev.freshet.bench.rival.Interest})
 * is left out. {@link dev.freshet.bench.rival.Baselines} is the door: it says who takes part and
 * with which settings.
 */
@NullMarked
package dev.freshet.bench.rival;

import org.jspecify.annotations.NullMarked;
