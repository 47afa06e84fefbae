package dev.freshet.cli.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files with one document of JSON of a bounded size. */
final class JsonDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonDocument() {}

    /**
     * Reads a document.
     *
     * @param most bytes
     * @throws CommandException if there is no such file, it is larger, or not JSON
     */
    static JsonNode read(Path file, int most) {
        byte[] bytes = bytes(file, most);
        if (bytes.length > most) {
            throw new CommandException("%s has more than %,d bytes.".formatted(file, most));
        }
        try {
            return JSON.readTree(bytes);
        } catch (IOException malformed) {
            throw new CommandException(file + " is not JSON.", malformed);
        }
    }

    /**
     * Reads the bytes of a document, and of a larger one a byte more than it may have.
     *
     * @throws CommandException if there is no such file
     */
    static byte[] bytes(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most + 1);
        } catch (IOException unreadable) {
            throw new CommandException("There is no readable file " + file + ".", unreadable);
        }
    }
}
