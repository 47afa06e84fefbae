/**
 * The commands that run the local cloud: {@code freshet up} and {@code freshet worker}.
 *
 * <p>Enters: options, and the build of this checkout. Leaves: a local cloud, or a worker that reads
 * its streams, until the process is interrupted.
 */
@NullMarked
package dev.freshet.local.command;

import org.jspecify.annotations.NullMarked;
