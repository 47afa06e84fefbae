package dev.freshet.cli.imports;

import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.entry.LineParser;
import dev.freshet.cli.imports.input.InputLine;
import java.util.List;

/**
 * The parser of a {@link Format} with one event on each line.
 *
 * @param format the format
 */
record FormatParser(Format format) implements LineParser {
    @Override
    public String name() {
        return format.name();
    }

    @Override
    public boolean isHeader(InputLine first) {
        return format.isHeader(first.text());
    }

    @Override
    public List<ImportEntry> entries(InputLine line) {
        return List.of(
                switch (format.row(line.number(), line.text())) {
                    case Row.Understood row -> new ImportEntry.OfEvent(line, row.event());
                    case Row.Unclear row -> new ImportEntry.Unreadable(line, row.detail());
                });
    }
}
