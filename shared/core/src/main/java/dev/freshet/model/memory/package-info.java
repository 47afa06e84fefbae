/**
 * The long memory: neighbours of items that a batch job counted over the whole history, as one
 * object that the model names.
 *
 * <p>Enters: the bytes of {@link dev.freshet.model.memory.NeighboursFile}, written by the module
 * {@code batch}. Leaves: {@link dev.freshet.model.memory.LongMemory}, which signals read.
 *
 * <p>Memory: at most 64 MB, whatever the number of items.
 */
@NullMarked
package dev.freshet.model.memory;

import org.jspecify.annotations.NullMarked;
