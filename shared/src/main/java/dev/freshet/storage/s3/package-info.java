/**
 * Objects in S3: deltas and snapshots of the model, and quarantined records.
 *
 * <p>Enters: bytes with their key. Leaves: the same bytes, bounded; whether they are undamaged is
 * judged by {@link dev.freshet.storage.ModelArchive}.
 */
@NullMarked
package dev.freshet.storage.s3;

import org.jspecify.annotations.NullMarked;
