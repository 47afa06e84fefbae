package dev.freshet.cli.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.console.CommandException;
import dev.freshet.console.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far an export has come. It is kept in the folder of the export until that is complete.
 *
 * @param tables names of what is exported, so that two sites are never mixed in one folder
 * @param startedAt when the export began, at first
 * @param stage what is being written
 * @param after the key after which the table of that stage is read on; empty at its beginning
 * @param files the valid size of each file
 */
record ExportState(
        String tables,
        Instant startedAt,
        Stage stage,
        Map<String, String> after,
        Map<String, LinesFile.Size> files) {
    /** Name of the file that holds the state. */
    static final String FILE = "export.checkpoint";

    /**
     * What an export does, in this order. Users are read after interactions, so that the rows of a
     * user who is erased meanwhile are known to be erased.
     */
    enum Stage {
        ITEMS,
        INTERACTIONS,
        USERS,
        ORDER;

        private Stage next() {
            return switch (this) {
                case ITEMS -> INTERACTIONS;
                case INTERACTIONS -> USERS;
                case USERS, ORDER -> ORDER;
            };
        }
    }

    ExportState {
        after = Map.copyOf(after);
        files = Map.copyOf(files);
    }

    static ExportState start(String tables, Instant now) {
        return new ExportState(tables, now, Stage.ITEMS, Map.of(), Map.of());
    }

    LinesFile.Size size(String file) {
        return files.getOrDefault(file, LinesFile.Size.NONE);
    }

    /** Returns the state after a part of a table; the next stage begins after the last part. */
    ExportState after(Map<String, String> next, Map<String, LinesFile.Size> written) {
        Map<String, LinesFile.Size> all = new HashMap<>(files);
        all.putAll(written);
        Stage now = next.isEmpty() ? stage.next() : stage;
        return new ExportState(tables, startedAt, now, next, all);
    }

    /**
     * Reads the state of an export that was interrupted; empty where the folder has none.
     *
     * @throws CommandException if it is that of other tables, or cannot be read
     */
    static Optional<ExportState> read(Path folder, String tables) throws IOException {
        Optional<ExportState> state;
        try {
            state = file(folder).read();
        } catch (JsonProcessingException damaged) {
            throw new CommandException(
                    folder.resolve(FILE) + " cannot be read: remove the folder and export again.",
                    damaged);
        }
        CommandException.require(
                state.isEmpty() || state.get().tables().equals(tables),
                "%s holds an interrupted export of other tables (%s): name another folder.",
                folder,
                state.map(ExportState::tables).orElse(""));
        return state;
    }

    /** Writes the state in place of the one before it. */
    void write(Path folder) throws IOException {
        file(folder).write(this);
    }

    private static StateFile<ExportState> file(Path folder) {
        return new StateFile<>(folder.resolve(FILE), ExportState.class);
    }
}
