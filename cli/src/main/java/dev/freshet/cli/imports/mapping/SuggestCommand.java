package dev.freshet.cli.imports.mapping;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.imports.input.Input;
import dev.freshet.cli.imports.input.InputLine;
import dev.freshet.cli.imports.mapping.Mapping.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet import suggest FILE}: writes a first mapping for a file. */
@Command(
        name = "suggest",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a first mapping for a file, by the names of its columns and its first records.",
            "Read it and correct it, then check it with 'freshet import --mapping MAPPING FILE --dry-run'."
        })
public final class SuggestCommand implements Callable<Integer> {
    /** Most records that are looked at. */
    private static final int MAX_RECORDS = 500;

    @Parameters(
            paramLabel = "FILE",
            description = "File to look at; it may be compressed with gzip.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, which must not exist. Default: standard output.")
    private @Nullable Path target;

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandException("There is no readable file " + file + ".");
        }
        String yaml = suggestion(file);
        if (target != null) {
            if (Files.exists(target)) {
                throw new CommandException(target + " exists: name another file, or remove it.");
            }
            Files.writeString(target, yaml);
        }
        output.result(
                new ObjectMapper().createObjectNode().put("mapping", yaml),
                target == null
                        ? yaml.stripTrailing()
                        : "Wrote " + target + ": read and correct it.");
        return 0;
    }

    static String suggestion(Path file) throws IOException {
        Layout layout = layout(file);
        Records records = Records.of(layout);
        List<String> columns = List.of();
        List<Fields> sample = new ArrayList<>();
        try (Input input = open(layout, file)) {
            for (Optional<InputLine> line = input.next();
                    line.isPresent() && sample.size() < MAX_RECORDS;
                    line = input.next()) {
                if (records instanceof Records.Table table && columns.isEmpty()) {
                    columns = table.header(line.get().text());
                } else if (!line.get().text().isBlank()) {
                    add(records, line.get(), sample);
                }
            }
        }
        if (records instanceof Records.Objects) {
            columns = Suggestion.paths(sample);
        }
        if (columns.isEmpty()) {
            throw new CommandException(file + " has no record that can be read.");
        }
        return Suggestion.of(String.valueOf(file.getFileName()), layout, columns, sample);
    }

    private static void add(Records records, InputLine line, List<Fields> sample) {
        try {
            sample.add(records.fields(line.text()));
        } catch (UnreadableRecordException unreadable) {
            return; // the import reports it; a suggestion needs good records only
        }
    }

    private static Input open(Layout layout, Path file) throws IOException {
        return switch (layout) {
            case CSV, TSV -> Input.table(file);
            case JSONL -> Input.text(file);
            case PARQUET -> Input.parquet(file);
        };
    }

    private static Layout layout(Path file) throws IOException {
        if (Input.isParquet(file)) {
            return Layout.PARQUET;
        }
        try (Input input = Input.text(file)) {
            String first = input.next().map(InputLine::text).orElse("").strip();
            if (first.startsWith("{")) {
                return Layout.JSONL;
            }
            return first.contains("\t") ? Layout.TSV : Layout.CSV;
        }
    }
}
