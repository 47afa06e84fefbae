package dev.freshet.cli.site;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.connection.DeploymentOptions;
import dev.freshet.cli.connection.DeploymentOptions.NamedSettings;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.PrivateFiles;
import dev.freshet.event.EventTypes;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code freshet export FOLDER}: writes items, users and interactions of a site into a folder, by
 * scans of the three tables.
 */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the items, users and interactions of a site into a new folder, as JSON lines"
                    + " with a manifest. It reads the tables themselves, by the rights of your AWS"
                    + " credentials.",
            "An export that was interrupted goes on where it stood when the command is run again."
                    + " 'freshet restore FOLDER' brings the site back.",
            "The files hold personal data, and an erasure does not reach them."
        })
public final class ExportSiteCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FOLDER",
            description = "Folder to create, or that of an export that was interrupted.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException {
        Settings settings =
                deployment.find(Setting.INTERACTIONS_TABLE, new NamedSettings()).settings();
        try (Clients clients = new Clients(settings)) {
            ExportState begun = begun(names(settings));
            SiteManifest manifest =
                    new SiteExport(folder, SiteTables.of(clients, settings, clock), types(settings))
                            .run(begun);
            return output.result(
                    manifest,
                    "%,d items, %,d users and %,d events are in %s.",
                    manifest.lines(SiteManifest.ITEMS),
                    manifest.lines(SiteManifest.USERS),
                    manifest.lines(SiteManifest.EVENTS),
                    folder);
        } catch (StoreUnavailableException unanswered) {
            throw CommandException.withAdvice(
                    unanswered, "Export again: it goes on where it stood.");
        }
    }

    /** Returns how far the export has come, which has not begun in a folder that is new. */
    private ExportState begun(String tables) throws IOException {
        if (Files.exists(folder.resolve(SiteManifest.FILE))) {
            SiteExport.removeParts(folder);
            throw new CommandException(
                    "%s holds a complete export; name a folder that does not exist yet.", folder);
        }
        Optional<ExportState> interrupted = ExportState.read(folder, tables);
        if (interrupted.isPresent()) {
            output.note("Goes on with the export that began at " + interrupted.get().startedAt());
            return interrupted.get();
        }
        CommandException.require(
                !Files.exists(folder) || isEmpty(),
                "%s exists already; name a folder that does not, so that nothing is mixed.",
                folder);
        PrivateFiles.folder(folder);
        return ExportState.start(tables, clock.instant());
    }

    private boolean isEmpty() throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Returns the names of the tables, with the address of their service where it is no AWS. */
    private static String names(Settings settings) {
        String names =
                String.join(
                        ", ",
                        settings.text(Setting.ITEMS_TABLE),
                        settings.text(Setting.USERS_TABLE),
                        settings.text(Setting.INTERACTIONS_TABLE));
        return settings.endpoint(Settings.Service.DYNAMODB)
                .map(endpoint -> names + " at " + endpoint.getHost())
                .orElse(names);
    }

    private static EventTypes types(Settings settings) {
        return settings.find(StackOptions.EVENT_TYPES)
                .map(EventTypes::parse)
                .orElse(EventTypes.BUILT_IN);
    }
}
