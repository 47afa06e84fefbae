/**
 * The always-on worker: both consumers of the write flow in one process, driven by the Kinesis
 * Client Library in place of Lambda's event source mappings.
 *
 * <p>Enters: the shards of {@code events} and {@code examples} whose leases this worker holds.
 * Leaves: the rows, examples and model versions that the flows write, metrics as log lines, and
 * checkpoints of finished records.
 */
@NullMarked
package dev.freshet.worker;

import org.jspecify.annotations.NullMarked;
