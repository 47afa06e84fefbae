package dev.freshet.cli.lake;

import dev.freshet.console.CommandException;
import dev.freshet.folder.LocalState;
import dev.freshet.lake.LakeReader;
import java.util.ServiceLoader;

/**
 * Opens the lakes of local clouds. The module of the local cloud provides it, with a database of 80
 * MB that the command line's own jar is without.
 */
public interface LocalLakes {
    /**
     * Returns the provider.
     *
     * @throws CommandException if the class path has none
     */
    static LocalLakes find() {
        return ServiceLoader.load(LocalLakes.class)
                .findFirst()
                .orElseThrow(
                        CommandException.saying(
                                "The lake of a local cloud is read by './freshet' of a checkout,"
                                        + " which has its database; the lake of a stack on AWS is named"
                                        + " by --stack."));
    }

    /**
     * Opens a lake to read rows one by one.
     *
     * @throws CommandException if there is none
     */
    LakeReader reader(LocalState state);

    /**
     * Opens a lake.
     *
     * @throws CommandException if there is none
     */
    FolderLake open(LocalState state);
}
