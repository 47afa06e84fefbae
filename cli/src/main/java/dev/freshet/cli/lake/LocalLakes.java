package dev.freshet.cli.lake;

import dev.freshet.cli.connection.LocalState;
import dev.freshet.lake.LakeReader;

/**
 * Opens the lake of a local cloud. Found by {@link java.util.ServiceLoader}: the module of the
 * local cloud provides it, with the database that the command line's own jar is without.
 */
public interface LocalLakes {
    /**
     * Opens the lake.
     *
     * @throws dev.freshet.cli.CommandException if there is none
     */
    LakeReader open(LocalState state);
}
