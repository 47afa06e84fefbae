package dev.freshet.demo;

import dev.freshet.cli.CommandException;
import dev.freshet.local.Options;
import dev.freshet.local.host.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * File in a state folder that holds the seed of its newspaper. Articles and users of two seeds have
 * equal ids but different contents, so measurements of one seed on the state of another would be
 * meaningless.
 */
final class SeedNote {
    private static final String FILE = "demo-seed";

    private SeedNote() {}

    /**
     * Checks the folder before the cloud starts.
     *
     * @throws CommandException if the folder holds the newspaper of another seed and is not going
     *     to be emptied
     */
    static void check(Options options, long seed) {
        Path note = options.state().resolve(FILE);
        if (options.fresh() || !Files.exists(note)) {
            return;
        }
        try {
            String otherSeed = Files.readString(note).strip();
            if (!otherSeed.equals(Long.toString(seed))) {
                throw new CommandException(
                        "%s holds the newspaper of seed %s. Use --seed %s, start over with --fresh, or choose another folder with --state."
                                .formatted(options.state(), otherSeed, otherSeed));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the seed, once the cloud holds the lock of the folder. */
    static void write(Options options, long seed) {
        StateFolder.writeWhole(options.state().resolve(FILE), Long.toString(seed));
    }
}
