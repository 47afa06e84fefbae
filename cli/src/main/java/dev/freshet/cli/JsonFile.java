package dev.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files of JSON that the command line names: one document, or one object on each line. */
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

    /** Takes a line. */
    public interface Taker {
        /**
         * Takes a line that is not blank.
         *
         * @param number from 1
         * @param text the line as it was read
         */
        void take(long number, String text, ObjectNode json);
    }

    /**
     * Passes the lines of a file on, in their order.
     *
     * @param what is read, for the progress
     * @throws CommandException if the file cannot be read, or a line is not a JSON object
     */
    public static void lines(Path file, String what, Output output, Taker taker)
            throws IOException {
        CommandException.require(Files.isReadable(file), "There is no readable file %s.", file);
        try (BufferedReader lines = Files.newBufferedReader(file);
                Progress progress = output.progress(what + ", bytes", Files.size(file))) {
            long number = 0;
            long bytes = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                bytes += line.length() + 1L;
                if (!line.isBlank()) {
                    taker.take(number, line, object(number, line));
                }
                progress.at(bytes);
            }
        }
    }

    private static ObjectNode object(long number, String line) {
        try {
            if (JSON.readTree(line) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException malformed) {
            throw notAnObject(number, malformed);
        }
        throw notAnObject(number, null);
    }

    private static CommandException notAnObject(long number, @Nullable Exception cause) {
        return new CommandException(
                cause,
                "Line %d is not a JSON object: correct it and run the command again. What the lines before it say may have been written.",
                number);
    }
}
