package dev.freshet.cli.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.attribute.Attributes;
import dev.freshet.aws.Clients;
import dev.freshet.aws.MissingSettingException;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbCatalog;
import dev.freshet.aws.dynamodb.DynamodbInteractions;
import dev.freshet.aws.dynamodb.DynamodbUsers;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.catalog.ItemWriter;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.connection.DeploymentOptions;
import dev.freshet.cli.connection.NamedSettings;
import dev.freshet.event.Consent;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Strengths;
import dev.freshet.features.RecordedEvent;
import dev.freshet.features.StoredInteraction;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code freshet export FOLDER}: writes items, users and interactions of a site into a folder, by
 * scans of the three tables. Events are held in memory, to be written in the order in which they
 * were taken.
 */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the items, users and interactions of a site into a new folder, as JSON lines with a"
                    + " manifest. It reads the tables themselves, by the rights of your AWS"
                    + " credentials.",
            "The files hold personal data, and an erasure does not reach them."
        })
final class ExportSiteCommand implements Callable<Integer> {
    /** Most events that are held; about 2 GB of memory. */
    private static final int MOST_EVENTS = 5_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "FOLDER", description = "Folder to create.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException {
        if (Files.exists(folder)) {
            throw new CommandException(
                    folder
                            + " exists already; name a folder that does not, so that nothing is mixed.");
        }
        Settings settings =
                deployment.find(Setting.INTERACTIONS_TABLE, new NamedSettings()).settings();
        try (Clients clients = new Clients(settings)) {
            ObjectNode manifest = write(clients, settings);
            output.result(
                    manifest,
                    "%,d items, %,d users and %,d events are in %s."
                            .formatted(
                                    manifest.at("/files/items.jsonl/lines").asLong(),
                                    manifest.at("/files/users.jsonl/lines").asLong(),
                                    manifest.at("/files/events.jsonl/lines").asLong(),
                                    folder));
            return 0;
        } catch (MissingSettingException missing) {
            throw new CommandException(String.valueOf(missing.getMessage()), missing);
        } catch (StoreUnavailableException unanswered) {
            throw new CommandException(
                    unanswered.getMessage() + " Remove " + folder + " and export again.",
                    unanswered);
        }
    }

    private ObjectNode write(Clients clients, Settings settings) throws IOException {
        Files.createDirectories(folder);
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("format", 1).put("exportedAt", clock.instant().toString());
        ObjectNode files = manifest.putObject("files");
        LinesFile items = LinesFile.create(folder, "items.jsonl");
        LinesFile users = LinesFile.create(folder, "users.jsonl");
        LinesFile events = LinesFile.create(folder, "events.jsonl");
        try (items;
                users;
                events) {
            new DynamodbCatalog(clients.enhancedDynamoDb(), settings.itemsTable(), clock)
                    .scan(
                            item -> {
                                if (!item.deleted()) {
                                    items.add(ItemWriter.write(item));
                                }
                            });
            Map<String, Instant> erased = new HashMap<>();
            new DynamodbUsers(clients.enhancedDynamoDb(), settings.usersTable(), clock)
                    .scan(
                            profile -> {
                                Tombstone tombstone = profile.tombstone();
                                if (tombstone != null) {
                                    erased.put(profile.userId(), tombstone.erasedAt());
                                    tombstone
                                            .aliases()
                                            .forEach(id -> erased.put(id, tombstone.erasedAt()));
                                }
                                if (isStated(profile)) {
                                    users.add(json(profile));
                                }
                            });
            List<StoredInteraction> rows = rows(clients, settings, erased);
            EventTypes types =
                    settings.find(StackOptions.EVENT_TYPES)
                            .map(EventTypes::parse)
                            .orElse(EventTypes.BUILT_IN);
            Strengths strengths =
                    settings.find(StackOptions.STRENGTHS)
                            .map(table -> Strengths.parse(table, types))
                            .orElseGet(() -> Strengths.of(types));
            try (Progress progress = output.progress("Events", rows.size())) {
                for (StoredInteraction row : rows) {
                    events.add(RecordedEvent.of(row, types, strengths));
                    progress.at(events.lines());
                }
            }
        }
        items.describe(files);
        users.describe(files);
        events.describe(files);
        Files.writeString(folder.resolve("manifest.json"), manifest.toPrettyString());
        return manifest;
    }

    /** Returns the rows in the order of their records, without those of erased users. */
    private List<StoredInteraction> rows(
            Clients clients, Settings settings, Map<String, Instant> erased) {
        List<StoredInteraction> rows = new ArrayList<>();
        new DynamodbInteractions(clients.enhancedDynamoDb(), settings.interactionsTable(), clock)
                .scanUnexpired(
                        row -> {
                            Instant at = erased.get(row.userId());
                            if (at == null || row.receivedAt().isAfter(at)) {
                                rows.add(row);
                            }
                            if (rows.size() > MOST_EVENTS) {
                                throw new CommandException(
                                        "The site has more than 5,000,000 interactions, which this command"
                                                + " cannot put into order in memory.");
                            }
                        });
        rows.sort(RecordedEvent.ORDER);
        return rows;
    }

    /** Whether the site stated anything of the user that is to be put again. */
    private static boolean isStated(UserProfile profile) {
        return !profile.attributes().isEmpty()
                || profile.consent() != null
                || !profile.aliases().isEmpty();
    }

    private static ObjectNode json(UserProfile profile) {
        ObjectNode json = JSON.createObjectNode().put("userId", profile.userId());
        if (!profile.attributes().isEmpty()) {
            json.set("attributes", Attributes.write(profile.attributes()));
        }
        Consent consent = profile.consent();
        if (consent != null) {
            json.putObject("consent")
                    .put("personalisation", consent.personalisation())
                    .put("analytics", consent.analytics());
        }
        if (!profile.aliases().isEmpty()) {
            profile.aliases().forEach(json.putArray("aliases")::add);
        }
        return json;
    }
}
