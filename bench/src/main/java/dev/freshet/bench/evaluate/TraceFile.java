package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.TraceReader.Ties;
import dev.freshet.catalog.Item;
import dev.freshet.cli.CommandException;
import dev.freshet.event.EventTypes;
import dev.freshet.profile.UserProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A file of events with its catalogue.
 *
 * @param catalogue the data set's own records of items; empty if it has none
 * @param profiles profiles of people by user id; empty if nothing is known of them
 */
record TraceFile(
        Path file, TraceFormat format, List<Item> catalogue, Map<String, UserProfile> profiles) {
    /** Returns a file without a catalogue. */
    static TraceFile of(Path file, TraceFormat format) {
        return new TraceFile(file, format, List.of(), Map.of());
    }

    /**
     * Returns a file without a catalogue in the format that its first line names, which is CSV if
     * it names none.
     *
     * @throws CommandException if columns are missing
     */
    static TraceFile ofHeader(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String first = lines.readLine();
            return of(file, TraceFormat.of(first == null ? "" : first));
        } catch (TraceFormat.UnreadableLineException missing) {
            throw new CommandException(file + ", line 1: " + missing.getMessage(), missing);
        }
    }

    /** Returns the file with records of its items, and profiles by user id. */
    TraceFile with(List<Item> records, Map<String, UserProfile> people) {
        return new TraceFile(file, format, records, people);
    }

    /**
     * Reads the file.
     *
     * @param now latest allowed time of an event
     * @param types the types of events, with those of an owner
     * @param messages receives a message for each recorded unusable line
     * @throws CommandException if no line is usable
     */
    Trace read(Instant now, Ties ties, EventTypes types, Consumer<String> messages)
            throws IOException {
        Trace trace = new TraceReader(format, now, ties, types).read(file, catalogue, profiles);
        for (Trace.BadLine line : trace.unread()) {
            messages.accept("Line " + line.number() + " ignored: " + line.why());
        }
        int more = trace.unreadLines() - trace.unread().size();
        if (more > 0) {
            messages.accept("… and %,d more.".formatted(more));
        }
        if (trace.steps().isEmpty()) {
            throw new CommandException("No line of " + file + " could be read.");
        }
        return trace;
    }
}
