package dev.freshet.local.lake;

import dev.freshet.cli.lake.FolderLake;
import dev.freshet.cli.lake.LocalLakes;
import dev.freshet.console.CommandException;
import dev.freshet.folder.LocalState;
import dev.freshet.lake.LakeReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the lake in the state folder of a local cloud. */
public final class FolderLakes implements LocalLakes {
    /** The folder of the lake in the state folder of a local cloud. */
    public static final String FOLDER = "lake";

    @Override
    public LakeReader reader(LocalState state) {
        return new LocalLakeReader(folder(state));
    }

    @Override
    public FolderLake open(LocalState state) {
        return new LocalLake(folder(state));
    }

    private static Path folder(LocalState state) {
        Path folder = state.folder().resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            throw new CommandException(
                    "There is no lake in "
                            + folder
                            + ": start the local cloud with 'freshet up --option lake=true'.");
        }
        return folder;
    }
}
