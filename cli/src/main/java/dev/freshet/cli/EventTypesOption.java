package dev.freshet.cli;

import dev.freshet.event.EventTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The option {@code --event-types}, mixed into commands that read events without asking a stack.
 */
public final class EventTypesOption {
    private static final long MAX_BYTES = 4L * EventTypes.MAX_TEXT;

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
        try {
            CommandException.require(
                    Files.size(file) <= MAX_BYTES, "%s is too large for types of events.", file);
            return Optional.of(EventTypes.parse(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new CommandException("There is no readable file " + file + ".", e);
        } catch (IllegalArgumentException invalid) {
            throw new CommandException(file + ": " + invalid.getMessage(), invalid);
        }
    }
}
