package dev.freshet.demo;

import dev.freshet.console.CommandException;
import dev.freshet.local.Options;
import dev.freshet.local.host.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * File in a state folder that holds the seed of its newspaper, or the name and the seed of another
 * site. Items and users of two seeds have equal ids but different contents, so measurements of one
 * seed on the state of another would be meaningless.
 */
final class SeedNote {
    private static final String FILE = StateFolder.DEMO;

    /** Ends the note of a site that is to live for days. */
    private static final String MONTH = " month";

    /** Stands before the begin of these days, once they are lived. */
    private static final String SINCE = MONTH + " since ";

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
            if (month && other.startsWith(text(world, seed) + SINCE)) {
                return;
            }
            if (month || other.contains(MONTH)) {
                throw new CommandException(
                        "%s holds a site already, and --days begins with an empty folder or goes on with the days of the same world and seed: start over with --fresh, or choose another folder with --state. 'freshet up' serves what is there."
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

    /** Writes that the days are lived. */
    static void lived(Options options, DemoWorld world, long seed, Instant start) {
        StateFolder.writeWhole(options.state().resolve(FILE), text(world, seed) + SINCE + start);
    }

    /** Returns when the days began that a folder holds, if they are lived. */
    static Optional<Instant> since(Options options) {
        Path note = options.state().resolve(FILE);
        try {
            String text = Files.exists(note) ? Files.readString(note).strip() : "";
            int at = text.indexOf(SINCE);
            return at < 0 || options.has(Options.Switch.FRESH)
                    ? Optional.empty()
                    : Optional.of(Instant.parse(text.substring(at + SINCE.length())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(DemoWorld world, long seed) {
        return world == DemoWorld.NEWSPAPER ? Long.toString(seed) : world + " " + seed;
    }
}
