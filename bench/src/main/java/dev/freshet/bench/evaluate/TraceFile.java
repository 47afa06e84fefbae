package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.TraceReader.Ties;
import dev.freshet.catalog.Item;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.imports.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file of events and what goes before them.
 *
 * @param catalogue put before the first event
 */
record TraceFile(Path file, Format format, List<Item> catalogue) {
    /** A file without a catalogue. */
    static TraceFile of(Path file, Format format) {
        return new TraceFile(file, format, List.of());
    }

    /**
     * Reads it.
     *
     * @param now no event may be later
     * @param told gets a sentence for each bad line, as far as they are kept
     * @throws CommandException where no line can be read
     */
    Trace read(Instant now, Ties ties, Consumer<String> told) throws IOException {
        Trace trace = new TraceReader(format, now, ties).read(file, catalogue);
        for (Trace.BadLine line : trace.unread()) {
            told.accept("Line " + line.number() + " left out: " + line.why());
        }
        int more = trace.unreadLines() - trace.unread().size();
        if (more > 0) {
            told.accept("… and %,d more.".formatted(more));
        }
        if (trace.steps().isEmpty()) {
            throw new CommandException("No line of " + file + " could be read.");
        }
        return trace;
    }
}
