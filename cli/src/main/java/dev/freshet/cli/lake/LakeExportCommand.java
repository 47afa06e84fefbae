package dev.freshet.cli.lake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.lake.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet lake export}: writes a table to files for other tools. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes a table to a folder, one file for each day; a table without days to one file."
                        + " Files of the same name are replaced. With --stack, files as Athena divides"
                        + " them.")
final class LakeExportCommand implements Callable<Integer> {
    @Option(
            names = "--table",
            required = true,
            paramLabel = "T",
            description = "The table: ${COMPLETION-CANDIDATES}.")
    private LakeTable table = LakeTable.INTERACTIONS;

    @Option(names = "--from", paramLabel = "DAY", description = "First day. Default: the first.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            description = "Day after the last. Default: after the last there is.")
    private @Nullable LocalDate to;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private LakeFileFormat format = LakeFileFormat.PARQUET;

    @Parameters(paramLabel = "DIR", description = "The folder, which is created.")
    private Path folder = Path.of(".");

    @Mixin private final LakeOption lake = new LakeOption();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (table.partition() == LakeTable.Partition.NONE && (from != null || to != null)) {
            throw new CommandException(
                    table.sqlName() + " has no days: leave out --from and --to.");
        }
        long[] written = lake.outputs().map(this::unload).orElseGet(() -> lake.with(this::export));
        output.result(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("files", written[0])
                        .put("rows", written[1]),
                "%,d rows in %,d files in %s.".formatted(written[1], written[0], folder));
        return 0;
    }

    /** Has Athena write the files, as many as it likes, and fetches them. */
    private long[] unload(StackOutputs outputs) {
        String day = day();
        String condition =
                (from == null ? "" : " WHERE " + day + " >= DATE '" + from + "'")
                        + (to == null
                                ? ""
                                : (from == null ? " WHERE " : " AND ")
                                        + day
                                        + " < DATE '"
                                        + to
                                        + "'");
        String rows = " FROM " + table.sqlName() + condition;
        try (DeployedLake deployed = DeployedLake.of(outputs)) {
            List<Path> files = deployed.export("SELECT *" + rows, table.sqlName(), format, folder);
            return new long[] {files.size(), deployed.number("SELECT count(*)" + rows)};
        }
    }

    private String day() {
        return table.partition() == LakeTable.Partition.OCCURRED_DAY
                ? "occurred_day"
                : "CAST(received_at AS date)";
    }

    /** Writes the files, and returns how many, and how many rows. */
    private long[] export(FolderLake opened) {
        if (table.partition() == LakeTable.Partition.NONE) {
            return new long[] {1, write(opened, "true", table.sqlName())};
        }
        String day = day();
        var days =
                opened.daysOf(table, day).stream()
                        .filter(one -> from == null || !one.isBefore(from))
                        .filter(one -> to == null || one.isBefore(to))
                        .toList();
        long rows = 0;
        try (Progress progress = output.progress("Exporting, days", days.size())) {
            for (int i = 0; i < days.size(); i++) {
                rows +=
                        write(
                                opened,
                                day + " = DATE '" + days.get(i) + "'",
                                table.sqlName() + "-" + days.get(i));
                progress.at(i + 1L);
            }
        }
        return new long[] {days.size(), rows};
    }

    private long write(FolderLake opened, String condition, String name) {
        Path file = folder.resolve(name + "." + format);
        return opened.export(
                "SELECT * FROM " + table.sqlName() + " WHERE " + condition, file, format);
    }
}
