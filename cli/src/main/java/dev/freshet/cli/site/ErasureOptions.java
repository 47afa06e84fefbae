package dev.freshet.cli.site;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.cli.CommandException;
import dev.freshet.store.RetentionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options by which a restore learns who was erased since the export, beside the tombstones of
 * the stack.
 */
final class ErasureOptions {
    /** The shortest time for which any stack keeps tombstones. */
    private static final Duration SHORTEST = RetentionPolicy.parse("quarantine=1").tombstones();

    private static final String INSTEAD =
            ": name those who were erased since the export in a file, one id on each line, with"
                    + " --without-users FILE, or add --nobody-erased if nobody was.";

    @Option(
            names = "--without-users",
            paramLabel = "FILE",
            description =
                    "Leave out the users whose ids are in this file, one on each line, such as those who"
                            + " were erased since the export.")
    private @Nullable Path without;

    @Option(
            names = "--nobody-erased",
            description =
                    "States that nobody was erased since the export, where the stack cannot know: its"
                            + " tables are empty, cannot be read, or do not reach back that far.")
    private boolean nobody;

    /**
     * Returns the ids of all who are to be left out.
     *
     * @param tables settings of the stack that is restored into; empty where its tables cannot be
     *     read
     * @throws CommandException where nothing says who was erased
     */
    Set<String> erased(Instant exportedAt, Optional<Settings> tables, InstantSource clock)
            throws IOException {
        Set<String> ids = new HashSet<>(named());
        boolean stated = nobody || without != null;
        if (tables.isEmpty()) {
            require(stated, "The tables of the stack cannot be read without --stack");
            return ids;
        }
        Settings settings = tables.get();
        Duration kept =
                settings.find(Setting.RETENTION).isPresent()
                        ? settings.retention().tombstones()
                        : SHORTEST;
        require(
                stated || exportedAt.plus(kept).isAfter(clock.instant()),
                "The export is older than the %d days for which the stack keeps records of erasures"
                        .formatted(kept.toDays()));
        try (Clients clients = new Clients(settings)) {
            ErasedUsers found =
                    ErasedUsers.since(exportedAt, SiteTables.of(clients, settings, clock));
            require(
                    stated || !found.tableIsEmpty(),
                    "The stack has no users, and so no record of erasures");
            ids.addAll(found.ids());
        }
        return ids;
    }

    private Set<String> named() throws IOException {
        if (without == null) {
            return Set.of();
        }
        if (!Files.isReadable(without)) {
            throw new CommandException("There is no readable file " + without + ".");
        }
        Set<String> ids = new HashSet<>();
        for (String line : Files.readAllLines(without)) {
            if (!line.isBlank()) {
                ids.add(line.strip());
            }
        }
        return ids;
    }

    private static void require(boolean known, String reason) {
        if (!known) {
            throw new CommandException(reason + INSTEAD);
        }
    }
}
