package dev.freshet.cli.imports;

import dev.freshet.check.Sha256;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.console.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The import of one source, wave by wave: the entries of some lines are taken together, and then a
 * checkpoint is written. An import that is interrupted sends at most one wave again, and what is
 * sent again is the same event.
 *
 * @param source what is read
 * @param checkpoint the file that holds the checkpoint; without one, nothing is kept
 * @param refusals the file that receives refused lines; without one, they are only counted
 */
public record ImportRun(ImportSource source, Optional<Path> checkpoint, Optional<Path> refusals) {
    /** Ending of the file with the checkpoint of a source. */
    public static final String CHECKPOINT = ".checkpoint";

    /** Ending of the file with the refused lines of a source. */
    public static final String REFUSED = ".refused.jsonl";

    /**
     * Returns where the import begins: behind the line of its checkpoint.
     *
     * @param endpoint address of the API; empty where nothing is sent
     * @param restart whether to begin anew in any case
     * @param input the open source
     * @throws dev.freshet.console.CommandException if the checkpoint is that of another import
     */
    public Checkpoint begin(String endpoint, boolean restart, Input input) throws IOException {
        Checkpoint start = Checkpoint.start(source.identity(endpoint, input));
        return restart || checkpoint.isEmpty()
                ? start
                : Checkpoint.read(checkpoint.get(), start.source()).orElse(start);
    }

    /**
     * Sends all lines after a checkpoint. The checkpoint of the last line is kept.
     *
     * @param sink takes the entries
     * @param progress receives how much of the input is done
     */
    public ImportReport sendAll(
            Input input, Checkpoint begun, EntrySink sink, LongConsumer progress)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (RefusalFile refused = new RefusalFile(refusals, begun.line() > 0)) {
            Account account = new Account(refused::add);
            account.resume(begun.totals());
            long rows = sendWaves(input, begun, sink, account, progress);
            return new ImportReport(
                    rows,
                    account.totals(),
                    account.totals().events() - begun.totals().events(),
                    account.examples(),
                    Duration.ofNanos(System.nanoTime() - start),
                    Optional.empty(),
                    refused.written());
        }
    }

    /** Removes the checkpoint. */
    public void end() throws IOException {
        if (checkpoint.isPresent()) {
            Files.deleteIfExists(checkpoint.get());
        }
    }

    /** Returns the number of lines that are no header and not blank. */
    private long sendWaves(
            Input input, Checkpoint begun, EntrySink sink, Account account, LongConsumer progress)
            throws IOException, InterruptedException {
        List<ImportEntry> wave = new ArrayList<>();
        long rows = 0;
        long at = begun.line();
        for (Optional<InputLine> next = input.next(); next.isPresent(); next = input.next()) {
            InputLine line = next.get();
            boolean header = line.number() == 1 && source.parser().isHeader(line);
            if (header || line.text().isBlank()) {
                continue;
            }
            rows++;
            if (line.number() <= begun.line()) {
                continue;
            }
            wave.addAll(entries(line));
            at = line.number();
            if (wave.size() >= sink.room()) {
                sink.take(wave, account);
                wave.clear();
                keep(new Checkpoint(begun.source(), at, account.totals()));
                progress.accept(input.done());
            }
        }
        sink.take(wave, account);
        keep(new Checkpoint(begun.source(), at, account.totals()));
        progress.accept(input.total());
        return rows;
    }

    private void keep(Checkpoint settled) throws IOException {
        if (checkpoint.isPresent()) {
            settled.write(checkpoint.get());
        }
    }

    private List<ImportEntry> entries(InputLine line) {
        return line.cut()
                ? List.of(
                        new ImportEntry.Unreadable(
                                line,
                                "The line has more than %,d characters."
                                        .formatted(InputLine.MAX_LENGTH)))
                : source.parser().entries(line);
    }

    /**
     * What one import reads: a file, or the rows of a query.
     *
     * @param parser converts its lines
     * @param name the file; for a query, a name in the working directory that is made of its hash.
     *     The files that the import writes have this name and an ending
     * @param hash of the first 64 KiB of the file, or of the query
     * @param opener opens it at its first line
     */
    public record ImportSource(LineParser parser, Path name, String hash, Opener opener) {
        private static final int BEGINNING = 1 << 16;
        private static final int NAME_DIGITS = 8;

        /** Opens an input. */
        public interface Opener {
            Input open() throws IOException;
        }

        /**
         * Returns a file.
         *
         * @throws CommandException if it cannot be read, or there is no such format
         */
        static ImportSource ofFile(String format, Path file) throws IOException {
            return of(LineParser.of(format), file);
        }

        /**
         * Returns a file whose lines a parser converts.
         *
         * @throws CommandException if it cannot be read
         */
        static ImportSource of(LineParser parser, Path file) throws IOException {
            CommandException.require(
                    Files.isRegularFile(file) && Files.isReadable(file),
                    "There is no readable file %s.",
                    file);
            try (InputStream in = Files.newInputStream(file)) {
                String hash = Sha256.of(in.readNBytes(BEGINNING));
                return new ImportSource(parser, file, hash, () -> Input.text(file));
            }
        }

        /** Returns the rows of a DuckDB query. */
        static ImportSource ofQuery(String sql) {
            String hash = Sha256.of(sql.getBytes(StandardCharsets.UTF_8));
            return new ImportSource(
                    JsonLines.query(),
                    Path.of("query-" + hash.substring(0, NAME_DIGITS)),
                    hash,
                    () -> Input.query(sql));
        }

        /** Returns what identifies the import of an open input into the stack at an address. */
        Checkpoint.Source identity(String endpoint, Input opened) {
            return new Checkpoint.Source(endpoint, parser.name(), opened.total(), hash);
        }

        /**
         * Returns the file beside the input with an ending; empty where its folder cannot be
         * written.
         */
        public Optional<Path> sibling(String ending) {
            Path folder = name.toAbsolutePath().getParent();
            return folder != null && Files.isWritable(folder)
                    ? Optional.of(name.resolveSibling(name.getFileName() + ending))
                    : Optional.empty();
        }
    }

    /** Takes what an import says. */
    public interface EntrySink {
        /** Returns how many entries it takes at once without waiting for the first of them. */
        int room();

        /**
         * Takes entries, in the order of the file, and returns when each is accepted, refused or
         * left out.
         *
         * @param account counts what became of them
         * @throws dev.freshet.console.CommandException if the import cannot go on
         */
        void take(List<ImportEntry> entries, Account account) throws InterruptedException;
    }
}
