/** Tests of the quarantine's commands on a running local cloud. */
@NullMarked
package dev.freshet.cli.quarantine;

import org.jspecify.annotations.NullMarked;
