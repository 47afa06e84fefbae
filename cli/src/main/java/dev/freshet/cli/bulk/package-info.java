/**
 * The command {@code freshet bulk}: lists for many users, as for a mail.
 *
 * <p>Enters: a file with a user a line. Leaves: a folder of JSON lines, a list a line. A run is
 * resumed by the same command: what is in the folder is not made again ({@link
 * dev.freshet.cli.bulk.BulkFolder}). On AWS a state machine makes the lists ({@link
 * dev.freshet.cli.bulk.DeployedBulk}), on the local cloud the command invokes the same function
 * itself ({@link dev.freshet.cli.bulk.LocalBulk}).
 */
@NullMarked
package dev.freshet.cli.bulk;

import org.jspecify.annotations.NullMarked;
