package dev.freshet.cli.lake;

import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.lake.QueriedLake.LakeFileFormat;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.PrivateFiles;
import dev.freshet.console.Progress;
import dev.freshet.lake.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of an export, and the export: a table in files for other tools. */
final class LakeExport {
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

    /** How many files were written, and how many rows are in them. */
    record Written(long files, long rows) {}

    /** Writes the files into a folder, which is created. */
    Written write(Path folder, LakeOption lake, Output output) throws IOException {
        PrivateFiles.folder(folder);
        CommandException.require(
                table.partition() != LakeTable.Partition.NONE || (from == null && to == null),
                "%s has no days: leave out --from and --to.",
                table.sqlName());
        return lake.outputs()
                .map(outputs -> unload(outputs, folder))
                .orElseGet(() -> lake.with(opened -> export(opened, folder, output)));
    }

    /** Has Athena write the files, as many as it likes, and fetches them. */
    private Written unload(StackOutputs outputs, Path folder) {
        List<String> conditions = new ArrayList<>();
        if (from != null) {
            conditions.add("%s >= DATE '%s'".formatted(LakeStatus.day(table), from));
        }
        if (to != null) {
            conditions.add("%s < DATE '%s'".formatted(LakeStatus.day(table), to));
        }
        String rows = " FROM " + table.sqlName();
        if (!conditions.isEmpty()) {
            rows += " WHERE " + String.join(" AND ", conditions);
        }
        try (DeployedLake deployed = DeployedLake.of(outputs)) {
            List<Path> files = deployed.export("SELECT *" + rows, table.sqlName(), format, folder);
            return new Written(files.size(), deployed.number("SELECT count(*)" + rows));
        }
    }

    private Written export(FolderLake opened, Path folder, Output output) {
        if (table.partition() == LakeTable.Partition.NONE) {
            return new Written(1, write(opened, "true", folder, table.sqlName()));
        }
        String day = LakeStatus.day(table);
        List<LocalDate> days =
                opened.daysOf(table, day).stream()
                        .filter(one -> from == null || !one.isBefore(from))
                        .filter(one -> to == null || one.isBefore(to))
                        .toList();
        long rows = 0;
        try (Progress progress = output.progress("Exporting, days", days.size())) {
            for (int i = 0; i < days.size(); i++) {
                String condition = day + " = DATE '" + days.get(i) + "'";
                rows += write(opened, condition, folder, table.sqlName() + "-" + days.get(i));
                progress.at(i + 1L);
            }
        }
        return new Written(days.size(), rows);
    }

    private long write(FolderLake opened, String condition, Path folder, String name) {
        Path file = folder.resolve(name + "." + format);
        try {
            return opened.export(
                    "SELECT * FROM " + table.sqlName() + " WHERE " + condition,
                    PrivateFiles.file(file),
                    format);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
