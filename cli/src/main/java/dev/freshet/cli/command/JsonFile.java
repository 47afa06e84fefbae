package dev.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads files with one JSON object on each line. */
final class JsonFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFile() {}

    /** Takes a line. */
    interface Taker {
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
    static void read(Path file, String what, Output output, Taker taker) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandException("There is no readable file " + file + ".");
        }
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
                "Line %d is not a JSON object: correct it and run the command again. What the lines before it say may have been written."
                        .formatted(number),
                cause);
    }
}
