package dev.freshet.demo;

import dev.freshet.cli.CommandException;
import dev.freshet.local.Options;
import dev.freshet.local.host.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * File in a state folder that holds the seed of its newspaper, or the name and the seed of another
 * site. Items and users of two seeds have equal ids but different contents, so measurements of one
 * seed on the state of another would be meaningless.
 */
final class SeedNote {
    private static final String FILE = "demo-seed";

    /** Ends the note of a site that lived for days. */
    private static final String MONTH = " month";

    private SeedNote() {}

    /**
     * Checks the folder before the cloud starts.
     *
     * @throws CommandException if the folder holds another site and is not going to be emptied
     */
    static void check(Options options, DemoWorld world, long seed, boolean month) {
        Path note = options.state().resolve(FILE);
        if (options.has(Options.Switch.FRESH) || !Files.exists(note)) {
            return;
        }
        try {
            String other = Files.readString(note).strip();
            if (month || other.endsWith(MONTH)) {
                throw new CommandException(
                        "%s holds a site already, and --days begins with an empty folder: start over with --fresh, or choose another folder with --state. 'freshet up' serves what is there."
                                .formatted(options.state()));
            }
            if (!other.equals(text(world, seed))) {
                int space = other.indexOf(' ');
                String otherWorld =
                        space < 0 ? DemoWorld.NEWSPAPER.toString() : other.substring(0, space);
                String otherSeed = other.substring(space + 1);
                throw new CommandException(
                        "%s holds the %s of seed %s. Use --world %s --seed %s, start over with --fresh, or choose another folder with --state."
                                .formatted(
                                        options.state(),
                                        otherWorld,
                                        otherSeed,
                                        otherWorld,
                                        otherSeed));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the seed, once the cloud holds the lock of the folder. */
    static void write(Options options, DemoWorld world, long seed, boolean month) {
        StateFolder.writeWhole(
                options.state().resolve(FILE), text(world, seed) + (month ? MONTH : ""));
    }

    private static String text(DemoWorld world, long seed) {
        return world == DemoWorld.NEWSPAPER ? Long.toString(seed) : world + " " + seed;
    }
}
