package dev.freshet.cli.site;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.ScanPage;
import dev.freshet.console.CommandException;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.store.RetentionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        CommandException.require(
                Files.isReadable(without), "There is no readable file %s.", without);
        return Files.readAllLines(without).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Refuses a copy of users, whose records of erasures may be lost too, without a statement. */
    void requireStated() {
        require(
                nobody || without != null,
                "Users holds the records of erasures, of which some may be lost");
    }

    private static void require(boolean known, String reason) {
        CommandException.require(known, reason + INSTEAD);
    }

    /**
     * Users whom a stack erased since an export began, by the tombstones of its table of users.
     *
     * @param ids their ids and those of their aliases
     * @param tableIsEmpty whether the table has no row, so that it proves nothing
     */
    record ErasedUsers(Set<String> ids, boolean tableIsEmpty) {
        /**
         * How far the clock of the machine that exported may have been ahead of the stack's: an
         * erasure within this time before the export counts as later.
         */
        static final Duration CLOCKS = Duration.ofHours(1);

        ErasedUsers {
            ids = Set.copyOf(ids);
        }

        /** Reads the whole table, at half a read unit for each 4 KB. */
        static ErasedUsers since(Instant exportedAt, SiteTables tables) {
            Instant from = exportedAt.minus(CLOCKS);
            Set<String> ids = new HashSet<>();
            boolean empty = true;
            Map<String, String> after = Map.of();
            do {
                ScanPage<UserProfile> page = tables.users(after);
                for (UserProfile profile : page.rows()) {
                    empty = false;
                    Tombstone tombstone = profile.tombstone();
                    if (tombstone != null && tombstone.erasedAt().isAfter(from)) {
                        ids.add(profile.userId());
                        ids.addAll(tombstone.aliases());
                    }
                }
                after = page.next();
            } while (!after.isEmpty());
            return new ErasedUsers(ids, empty);
        }
    }
}
