/**
 * Objects in S3: deltas and snapshots of the model, and quarantined records.
 *
 * <p>Enters: bytes with their key. Leaves: the stored bytes, up to a given length. {@link
 * dev.freshet.model.log.ModelArchive} verifies their checksum.
 */
@NullMarked
package dev.freshet.aws.s3;

import org.jspecify.annotations.NullMarked;
