package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet example}: writes the files of a made-up site. */
@Command(
        name = "example",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the items, users and events of a made-up site into a folder, as 'items put',"
                    + " 'users put' and 'import jsonl' take them.",
            "The shop has 600 products, the newspaper 600 articles, and each 500 users. The"
                    + " events are of the last six days."
        })
final class ExampleCommand implements Callable<Integer> {
    private static final int MAX_EVENTS = 1_000_000;

    @Parameters(paramLabel = "SITE", description = "${COMPLETION-CANDIDATES}.")
    private DemoWorld world = DemoWorld.SHOP;

    @Parameters(
            paramLabel = "FOLDER",
            description = "Folder of the files, made if it is not there.")
    private Path folder = Path.of("");

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Number of events, 1 to 1000000. Default: ${DEFAULT-VALUE}.")
    private int events = 50_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Equal seeds and ends make equal files. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "End of the events, such as 2026-03-01T12:00:00Z. Default: now.")
    private @Nullable Instant until;

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException {
        if (events < 1 || events > MAX_EVENTS) {
            throw new CommandException("--events is 1 to " + MAX_EVENTS + ".");
        }
        Instant end = until == null ? clock.instant() : until;
        ExampleSite site = ExampleSite.of(world, seed, events, end);
        Files.createDirectories(folder);
        write("items.jsonl", site.items());
        write("users.jsonl", site.users());
        write("events.jsonl", site.events());
        ObjectNode written =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("folder", folder.toString())
                        .put("items", site.items().size())
                        .put("users", site.users().size())
                        .put("events", site.events().size());
        output.result(
                written,
                "Wrote %,d items, %,d users and %,d events into %s."
                        .formatted(
                                site.items().size(),
                                site.users().size(),
                                site.events().size(),
                                folder));
        return 0;
    }

    private void write(String name, List<? extends JsonNode> lines) throws IOException {
        Path file = folder.resolve(name);
        try (BufferedWriter out =
                Files.newBufferedWriter(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (JsonNode line : lines) {
                out.write(line.toString());
                out.write("\n");
            }
        } catch (FileAlreadyExistsException exists) {
            throw new CommandException(
                    file + " exists already: name another folder, or delete it.", exists);
        }
    }
}
