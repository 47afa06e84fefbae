package dev.freshet.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents of JSON that the command line names. */
public final class JsonFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFile() {}

    /**
     * Reads a document.
     *
     * @param most bytes
     * @throws CommandException if there is no such file, it is larger, or not JSON
     */
    public static JsonNode read(Path file, int most) {
        byte[] bytes = bytes(file, most);
        CommandException.require(bytes.length <= most, "%s has more than %,d bytes.", file, most);
        try {
            return JSON.readTree(bytes);
        } catch (IOException malformed) {
            throw new CommandException(malformed, "%s is not JSON.", file);
        }
    }

    /**
     * Reads the bytes of a document, and of a larger one a byte more than it may have.
     *
     * @throws CommandException if there is no such file
     */
    public static byte[] bytes(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most + 1);
        } catch (IOException unreadable) {
            throw new CommandException(unreadable, "There is no readable file %s.", file);
        }
    }
}
