package dev.freshet.folder;

import dev.freshet.console.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The two keys that a local cloud makes for its owner, once for each state folder. They are kept in
 * the file {@value #FILE}, which only the owner can read. A stack on AWS stores no key, only
 * hashes.
 *
 * @param publishable key for pages of any origin
 * @param secret key for servers and for the command line
 */
public record OwnerKeys(String publishable, String secret) {

    /** Name of the file in the state folder. */
    public static final String FILE = "keys.json";

    /** Returns the keys of a state folder; empty where none were made. */
    public static Optional<OwnerKeys> in(Path folder) {
        try {
            return new StateFile<>(folder.resolve(FILE), OwnerKeys.class).read();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the keys in " + folder, unreadable);
        }
    }

    /** Returns the content of the file. */
    public String toJson() {
        return StateFile.json(this).toString();
    }

    /** Returns the name of the type, without the keys. */
    @Override
    public String toString() {
        return "OwnerKeys";
    }
}
