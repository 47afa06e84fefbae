package dev.freshet.cli.imports;

import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.console.CommandException;
import java.util.List;

/** Converts the lines of one file. Lines come in order; used by one thread. */
public interface LineParser {
    /**
     * Returns the parser of a format that has a name.
     *
     * @throws CommandException if there is no such format
     */
    static LineParser of(String format) {
        return switch (format) {
            case "csv" -> new CsvLines();
            case "jsonl" ->
                    new JsonLines(
                            format, (line, json) -> List.of(JsonLines.event(format, line, json)));
            case "segment" -> new JsonLines(format, SegmentCalls::entries);
            default ->
                    throw new CommandException(
                            "'%s' is not a format: use csv, jsonl or segment, or a --query for any other file."
                                    .formatted(format));
        };
    }

    /** Returns the name of the format. */
    String name();

    /**
     * Returns whether the first line of the file names the columns and says nothing else. It is
     * called once, before any line is converted.
     */
    default boolean isHeader(InputLine first) {
        return false;
    }

    /**
     * Returns what a line says: nothing, or one thing or more, of which the events have ids that
     * are the same each time the line is converted. Never throws for what a line holds.
     */
    List<ImportEntry> entries(InputLine line);
}
