package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.imports.Formats;
import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.entry.LineParser;
import dev.freshet.cli.imports.input.Input;
import dev.freshet.cli.imports.input.InputLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * DeskDrop's log, in the order of time and divided at a moment into a history and a replay.
 *
 * @param header the line that names the columns
 * @param history actions before the cut
 * @param replay actions from the cut on
 * @param firstSeen the first action about each item, in the order of time
 */
record DeskdropLog(
        String header,
        List<LoggedAction> history,
        List<LoggedAction> replay,
        Map<String, Instant> firstSeen) {
    /** Name of the file in the folder of the data. */
    static final String FILE = "users_interactions.csv";

    /** Most lines that are read; each takes some 500 bytes of memory. */
    static final int MOST_LINES = 500_000;

    /**
     * Reads the log.
     *
     * @param folder the folder that holds {@value #FILE}
     * @param replayed the time before the last action that is replayed
     * @throws CommandException if there is no such file, a line is not one of its format, or one of
     *     the two parts is empty
     */
    static DeskdropLog read(Path folder, Duration replayed) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new CommandException(
                    "There is no file %s: name the folder that holds DeskDrop's %s with --data."
                            .formatted(file, FILE));
        }
        LineParser parser = Formats.parser("deskdrop");
        String header = "";
        List<LoggedAction> actions = new ArrayList<>();
        try (Input input = Input.text(file)) {
            for (Optional<InputLine> next = input.next(); next.isPresent(); next = input.next()) {
                InputLine line = next.get();
                if (line.number() == 1 && parser.isHeader(line)) {
                    header = line.text();
                } else if (!line.text().isBlank()) {
                    actions.add(action(parser, line));
                }
                if (actions.size() > MOST_LINES) {
                    throw new CommandException(
                            "%s has more than %,d lines, the most that are read."
                                    .formatted(file, MOST_LINES));
                }
            }
        } catch (IOException unreadable) {
            throw new CommandException(file + " cannot be read: " + unreadable.getMessage());
        }
        if (header.isEmpty()) {
            throw new CommandException(
                    file + " does not begin with the names of DeskDrop's columns: timestamp, …");
        }
        return divided(header, actions, replayed);
    }

    private static LoggedAction action(LineParser parser, InputLine line) {
        return switch (parser.entries(line).getFirst()) {
            case ImportEntry.OfEvent event -> action(event.json(), line.text());
            case ImportEntry.Unreadable bad ->
                    throw new CommandException(
                            "%s, line %,d: %s".formatted(FILE, line.number(), bad.detail()));
            case ImportEntry other ->
                    throw new IllegalStateException("DeskDrop has events only, not " + other);
        };
    }

    private static LoggedAction action(JsonNode event, String line) {
        return new LoggedAction(
                Instant.parse(event.path("occurredAt").asText()),
                line,
                event.path("userId").asText(),
                event.path("userId").asText() + '/' + event.path("sessionId").asText(),
                event.at("/target/id").asText(),
                event.path("type").asText().equals("view"));
    }

    private static DeskdropLog divided(
            String header, List<LoggedAction> actions, Duration replayed) {
        actions.sort(Comparator.comparing(LoggedAction::time).thenComparing(LoggedAction::line));
        if (actions.isEmpty()) {
            throw new CommandException("The log has no actions.");
        }
        Instant cut = actions.getLast().time().plusSeconds(1).minus(replayed);
        int at = 0;
        Map<String, Instant> firstSeen = new LinkedHashMap<>();
        for (LoggedAction action : actions) {
            at += action.time().isBefore(cut) ? 1 : 0;
            firstSeen.putIfAbsent(action.item(), action.time());
        }
        if (at == 0) {
            throw new CommandException(
                    "The log is not longer than %d days, so that nothing is left as history: give fewer --days."
                            .formatted(replayed.toDays()));
        }
        return new DeskdropLog(
                header,
                List.copyOf(actions.subList(0, at)),
                List.copyOf(actions.subList(at, actions.size())),
                firstSeen);
    }

    /** Returns the time of the first replayed action. */
    Instant begin() {
        return replay.getFirst().time();
    }

    /** Returns the time of the last action. */
    Instant end() {
        return replay.getLast().time();
    }

    /** Writes the history in the format of the file, in the order of time. */
    void writeHistory(Path file) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(header + "\n");
            for (LoggedAction action : history) {
                out.write(action.line() + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns a replayed action as the API takes it.
     *
     * @param index in {@link #replay}
     */
    ObjectNode event(int index) {
        LoggedAction action = replay.get(index);
        InputLine line = new InputLine(history.size() + index + 2L, action.line());
        return ((ImportEntry.OfEvent) Formats.parser("deskdrop").entries(line).getFirst()).json();
    }
}
