/**
 * Fuzzing: whatever takes bytes from strangers, or from a store that may be damaged, is given
 * generated input by the million. Enters: a {@link dev.freshet.fuzz.FuzzTarget} with inputs that
 * are good. Leaves: in the ordinary build the verdict on a few thousand seeded mutations of them
 * ({@link dev.freshet.fuzz.Mutations}); under {@code -Pfuzz} a table of what Jazzer, guided by
 * coverage, made of them ({@link dev.freshet.fuzz.Campaign}).
 */
@NullMarked
package dev.freshet.fuzz;

import org.jspecify.annotations.NullMarked;
