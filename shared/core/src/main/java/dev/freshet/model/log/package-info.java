/**
 * The model log: versions, deltas and snapshots, and the replica that follows them.
 *
 * <p>Enters: deltas of the trainer and snapshots of compaction. Leaves: the latest {@link
 * dev.freshet.model.Model}, loaded from the newest snapshot and the deltas after it. Damaged
 * objects are detected by checksum.
 */
@NullMarked
package dev.freshet.model.log;

import org.jspecify.annotations.NullMarked;
