/**
 * A lake on this machine: what Firehose, Iceberg and Athena do for a deployed one.
 *
 * <p>Enters: the {@code events} stream. {@link dev.freshet.local.lake.LocalDelivery} passes its
 * records to the packaged function in Firehose's form and holds the answers to AWS's rules. Leaves:
 * a folder of Parquet files that {@link dev.freshet.local.lake.LocalLake} writes, settles, erases
 * from and queries by DuckDB, with the statements that a deployed lake runs, for the commands
 * {@code freshet lake …} and for a model that is rebuilt.
 */
@NullMarked
package dev.freshet.local.lake;

import org.jspecify.annotations.NullMarked;
