package dev.freshet.cli.imports.sending;

import dev.freshet.cli.imports.entry.ImportEntry;
import java.util.List;

/** Takes what an import says. */
public interface EntrySink extends AutoCloseable {
    /** Returns how many entries it takes at once without waiting for the first of them. */
    int room();

    /**
     * Takes entries, in the order of the file, and returns when each is accepted, refused or left
     * out.
     *
     * @throws dev.freshet.cli.CommandException if the import cannot go on
     */
    void take(List<ImportEntry> entries) throws InterruptedException;

    @Override
    void close();
}
