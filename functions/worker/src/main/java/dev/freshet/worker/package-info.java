/**
 * The always-on worker: the write flow's two consumers as one plain process, driven by the Kinesis
 * Client Library in place of Lambda's event source mappings.
 *
 * <p>Enters: the shards of {@code events} and {@code examples} that this worker holds the leases
 * of. Leaves: what the flows write, lines of measurements, and the checkpoints of what is finished.
 */
@NullMarked
package dev.freshet.worker;

import org.jspecify.annotations.NullMarked;
