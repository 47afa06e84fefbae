package dev.freshet.cli.imports;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.imports.entry.JsonLines;
import dev.freshet.cli.imports.entry.LineParser;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The formats that an import knows by a name. */
public final class Formats {
    private static final Map<String, Supplier<LineParser>> BY_NAME =
            new TreeMap<>(
                    Map.of(
                            "csv", () -> new FormatParser(new CsvFormat()),
                            "deskdrop", () -> new FormatParser(new DeskdropFormat()),
                            "jsonl", JsonLines::events,
                            "movielens", () -> new FormatParser(new MovielensFormat()),
                            "segment", JsonLines::segment));

    private Formats() {}

    /**
     * Returns the parser of a format.
     *
     * @throws CommandException if there is no such format
     */
    public static LineParser parser(String name) {
        Supplier<LineParser> parser = BY_NAME.get(name);
        if (parser == null) {
            throw new CommandException(
                    "'%s' is not a format: use one of %s."
                            .formatted(name, String.join(", ", BY_NAME.keySet())));
        }
        return parser.get();
    }
}
