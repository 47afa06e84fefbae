package dev.freshet.demo;

import dev.freshet.cli.CommandException;
import dev.freshet.local.Options;
import dev.freshet.local.host.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whose newspaper a state folder holds. Articles and readers of two seeds bear the same ids and are
 * not the same, so figures of one taken on the other's would be of nothing.
 */
final class SeedNote {
    private static final String FILE = "demo-seed";

    private SeedNote() {}

    /**
     * Looks before the cloud starts.
     *
     * @throws CommandException if the folder holds another seed's newspaper and is not to be
     *     emptied
     */
    static void check(Options options, long seed) {
        Path note = options.state().resolve(FILE);
        if (options.fresh() || !Files.exists(note)) {
            return;
        }
        try {
            String there = Files.readString(note).strip();
            if (!there.equals(Long.toString(seed))) {
                throw new CommandException(
                        "%s holds the newspaper of seed %s: take --seed %s, start over with --fresh, or name another folder with --state."
                                .formatted(options.state(), there, there));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes it once the cloud has the folder. */
    static void leave(Options options, long seed) {
        StateFolder.writeWhole(options.state().resolve(FILE), Long.toString(seed));
    }
}
