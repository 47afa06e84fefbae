package dev.freshet.cli.imports;

import dev.freshet.cli.imports.Input.InputLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The import of one file, wave by wave: the entries of some lines are taken together, and then a
 * checkpoint is written. An import that is interrupted sends at most one wave again, and what is
 * sent again is the same event.
 */
public final class ImportRun {
    private final LineParser parser;
    private final EntrySink sink;
    private final Account account;
    private final Optional<Path> checkpoints;
    private final LongConsumer progress;

    /**
     * Creates a run.
     *
     * @param checkpoints the file that holds the checkpoint; without one, nothing is kept
     * @param progress receives how much of the input is done
     */
    public ImportRun(
            LineParser parser,
            EntrySink sink,
            Account account,
            Optional<Path> checkpoints,
            LongConsumer progress) {
        this.parser = parser;
        this.sink = sink;
        this.account = account;
        this.checkpoints = checkpoints;
        this.progress = progress;
    }

    /**
     * Takes all lines after a checkpoint, and returns the number of lines that are no header and
     * not blank. The checkpoint is removed at the end.
     */
    public long run(Input input, Checkpoint begun) throws IOException, InterruptedException {
        long rows = takeAll(input, begun);
        if (checkpoints.isPresent()) {
            Files.deleteIfExists(checkpoints.get());
        }
        return rows;
    }

    /**
     * Takes all lines after a checkpoint, and returns the number of lines that are no header and
     * not blank. The checkpoint of the last line is kept.
     */
    public long takeAll(Input input, Checkpoint begun) throws IOException, InterruptedException {
        Checkpoint last = begun;
        List<ImportEntry> wave = new ArrayList<>();
        long rows = 0;
        long at = begun.line();
        for (Optional<InputLine> next = input.next(); next.isPresent(); next = input.next()) {
            InputLine line = next.get();
            boolean header = line.number() == 1 && parser.isHeader(line);
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
                last = settle(wave, at, last);
                progress.accept(input.done());
            }
        }
        settle(wave, at, last);
        progress.accept(input.total());
        return rows;
    }

    private List<ImportEntry> entries(InputLine line) {
        return line.cut()
                ? List.of(
                        new ImportEntry.Unreadable(
                                line,
                                "The line has more than %,d characters."
                                        .formatted(InputLine.MAX_LENGTH)))
                : parser.entries(line);
    }

    private Checkpoint settle(List<ImportEntry> wave, long line, Checkpoint last)
            throws IOException, InterruptedException {
        sink.take(wave);
        wave.clear();
        Checkpoint next = new Checkpoint(last.source(), line, account.totals());
        if (checkpoints.isPresent()) {
            next.write(checkpoints.get());
        }
        return next;
    }

    /** Takes what an import says. */
    public interface EntrySink extends AutoCloseable {
        /** Returns how many entries it takes at once without waiting for the first of them. */
        int room();

        /**
         * Takes entries, in the order of the file, and returns when each is accepted, refused or
         * left out.
         *
         * @throws dev.freshet.cli.CommandException if the import cannot go on
         */
        void take(List<ImportEntry> entries) throws InterruptedException;

        @Override
        void close();
    }
}
