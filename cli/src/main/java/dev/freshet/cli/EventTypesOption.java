package dev.freshet.cli;

import dev.freshet.console.CommandException;
import dev.freshet.console.JsonFile;
import dev.freshet.event.EventTypes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The option {@code --event-types}, mixed into commands that read events without asking a stack.
 */
public final class EventTypesOption {
    private static final int MAX_BYTES = 4 * EventTypes.MAX_TEXT;

    @Option(
            names = "--event-types",
            paramLabel = "FILE",
            description =
                    "File in JSON with the stack's own types of events, as the option eventTypes has them:"
                            + " docs/events.md. Default: none.")
    private @Nullable Path file;

    /**
     * Returns the types of the file, with those of the product; empty where no file is named.
     *
     * @throws CommandException if the file cannot be read, or defines no types
     */
    public Optional<EventTypes> find() {
        if (file == null) {
            return Optional.empty();
        }
        byte[] bytes = JsonFile.bytes(file, MAX_BYTES);
        CommandException.require(
                bytes.length <= MAX_BYTES, "%s is too large for types of events.", file);
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Optional.of(EventTypes.parse(text.toString().strip()));
        } catch (CharacterCodingException malformed) {
            throw new CommandException(malformed, "%s is not text in UTF-8.", file);
        } catch (IllegalArgumentException invalid) {
            throw new CommandException(invalid, "%s: %s", file, invalid.getMessage());
        }
    }
}
