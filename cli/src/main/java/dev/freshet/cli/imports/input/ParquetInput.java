package dev.freshet.cli.imports.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of a file of Apache Parquet, each as a line of JSON with the columns as its members. A
 * row group is read at a time. Pages may be compressed with Snappy or gzip, or not at all.
 */
final class ParquetInput implements Input {
    private static final Set<CompressionCodec> READ =
            EnumSet.of(
                    CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.GZIP);

    private final Path file;
    private final ParquetFileReader reader;
    private final RowReader rows;
    private final long total;
    private long number;

    private ParquetInput(Path file, ParquetFileReader reader) {
        this.file = file;
        this.reader = reader;
        this.rows = reader.rowReader();
        this.total = reader.getFileMetaData().numRows();
    }

    /**
     * Opens a file.
     *
     * @throws CommandException if it is no Parquet, or compressed in a way that is not read
     */
    static Input open(Path file) throws IOException {
        try {
            ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file));
            try {
                check(file, reader);
                return new ParquetInput(file, reader);
            } catch (RuntimeException e) {
                reader.close();
                throw e;
            }
        } catch (CommandException refused) {
            throw refused;
        } catch (IOException | RuntimeException malformed) {
            throw new CommandException(
                    file + " cannot be read as Parquet (" + malformed.getMessage() + ").",
                    malformed);
        }
    }

    private static void check(Path file, ParquetFileReader reader) {
        Set<CompressionCodec> other =
                reader.getFileMetaData().rowGroups().stream()
                        .flatMap(group -> group.columns().stream())
                        .map(chunk -> chunk.metaData().codec())
                        .filter(codec -> !READ.contains(codec))
                        .collect(
                                Collectors.toCollection(
                                        () -> EnumSet.noneOf(CompressionCodec.class)));
        if (!other.isEmpty()) {
            throw new CommandException(
                    "%s is compressed with %s, which is not read: write it with Snappy, gzip or without compression."
                            .formatted(
                                    file,
                                    other.stream()
                                            .map(Enum::name)
                                            .collect(Collectors.joining(", "))));
        }
    }

    /** Returns the names of the columns of a file. */
    static List<String> columns(Path file) throws IOException {
        try (ParquetInput input = (ParquetInput) open(file)) {
            return input.reader.getFileSchema().getRootNode().children().stream()
                    .map(column -> column.name())
                    .toList();
        }
    }

    @Override
    public Optional<InputLine> next() {
        try {
            if (!rows.hasNext()) {
                return Optional.empty();
            }
            rows.next();
            number++;
            ObjectNode row = ParquetValues.object(rows);
            String text = row.toString();
            return Optional.of(
                    text.length() <= InputLine.MAX_LENGTH
                            ? new InputLine(number, text)
                            : new InputLine(number, text.substring(0, InputLine.MAX_LENGTH), true));
        } catch (RuntimeException damaged) {
            throw new CommandException(
                    "%s cannot be read on after row %d (%s)."
                            .formatted(file, number, damaged.getMessage()),
                    damaged);
        }
    }

    @Override
    public long done() {
        return number;
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public void close() throws IOException {
        rows.close();
        reader.close();
    }
}
