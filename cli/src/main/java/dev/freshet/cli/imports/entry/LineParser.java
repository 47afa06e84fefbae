package dev.freshet.cli.imports.entry;

import dev.freshet.cli.imports.input.InputLine;
import java.util.List;

/** Converts the lines of one file. Lines come in order; used by one thread. */
public interface LineParser {
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
