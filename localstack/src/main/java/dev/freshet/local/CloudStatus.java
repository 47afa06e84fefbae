package dev.freshet.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.catalog.Catalog;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.local.emulator.Child;
import dev.freshet.local.host.StateFolder;
import dev.freshet.local.mapping.MappingRunner;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.SourceWeight;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Writer of the status of a local cloud. */
final class CloudStatus {

    /** Most items that are counted. */
    private static final int MOST_ITEMS = 1_000;

    private CloudStatus() {}

    /**
     * Returns the status object.
     *
     * @param uptime time since the cloud was started
     * @param children emulators and functions that run as processes
     */
    static ObjectNode write(
            StateFolder state,
            Duration uptime,
            LocalFunctions functions,
            List<MappingRunner> mappings,
            List<Child> children) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("state", "ready")
                .put("folder", state.path().toString())
                .put("uptimeMs", uptime.toMillis());
        functions.status(status.putObject("functions"));
        mappings.forEach(mapping -> status.withArray("mappings").add(mapping.status()));
        long together = process(status, "freshet", ProcessHandle.current().pid());
        for (Child child : children) {
            together += process(status, child.name(), child.pid());
            if (!child.alive()) {
                status.put("state", child.name() + " has ended");
            }
        }
        return status.put("residentBytes", together);
    }

    private static long process(ObjectNode status, String name, long pid) {
        long bytes = residentBytes(pid);
        status.withArray("processes")
                .addObject()
                .put("name", name)
                .put("pid", pid)
                .put("residentBytes", bytes);
        return bytes;
    }

    /**
     * Adds the bytes on disk of each store. Walks the state folder, so it is too expensive to be
     * called every second.
     */
    static void addSizes(ObjectNode status, StateFolder state) throws IOException {
        ObjectNode sizes = status.putObject("storedBytes");
        for (String store : List.of("dynamodb", "kinesis", "s3")) {
            sizes.put(store, bytes(state.folder(store)));
        }
    }

    private static long bytes(Path folder) throws IOException {
        LongAdder bytes = new LongAdder();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        bytes.add(attributes.size());
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException problem) {
                        return FileVisitResult.CONTINUE; // removed during the walk
                    }
                });
        return bytes.sum();
    }

    /** Returns the resident memory of a process in bytes; 0 on systems without {@code /proc}. */
    private static long residentBytes(long pid) {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Adds the newest model's blend, and how many events wait for items that are not in the
     * catalogue: for each history length, the weight and the measured performance of each candidate
     * source, and the weight of each signal. Reads the whole model log as a new replica would, so
     * it is too expensive to be called every second.
     */
    static void addBlend(ObjectNode status, Settings settings, InstantSource clock) {
        try (Clients clients = new Clients(settings)) {
            ModelLogs logs = new StackStores(settings, clients, clock).modelLogs();
            String current = logs.glance().current();
            status.put("modelId", current);
            Replica.Versioned newest =
                    LogFollower.newest(logs.log(current), ModelSettings.DEFAULT).versioned();
            status.put("waitingForCatalogue", newest.model().waiting().inOrder().size());
            write(
                    status.putObject("blend")
                            .put("strategy", settings.get(StackOptions.BLEND))
                            .put("version", newest.version()),
                    newest.model().blend());
        }
    }

    /**
     * Returns why training cannot go on; empty where it can. Reads the whole model log as a new
     * replica would, twice where it finds damage: compaction may have removed what the first
     * reading was about to read.
     */
    static Optional<String> trainingStop(Settings settings, InstantSource clock) {
        if (settings.find(Setting.MODELS_TABLE).isEmpty()) {
            return Optional.empty();
        }
        try (Clients clients = new Clients(settings)) {
            ModelLogs logs = new StackStores(settings, clients, clock).modelLogs();
            ModelLog log = logs.log(logs.glance().current());
            return LogFollower.newest(log, ModelSettings.DEFAULT)
                    .stop()
                    .flatMap(_ -> LogFollower.newest(log, ModelSettings.DEFAULT).stop());
        }
    }

    /**
     * Returns what a state folder holds from before, in words; empty where it has no items. Reads a
     * thousand items.
     */
    static Optional<String> earlier(StateFolder state, Catalog items) {
        Catalog.Page page = items.page(null, MOST_ITEMS);
        return Optional.of(
                        "Goes on with the state of %s (%d%s items) in %s; --fresh empties it first, --state DIR takes another folder."
                                .formatted(
                                        state.demo()
                                                .map(site -> "a demo's " + site)
                                                .orElse("before"),
                                        page.items().size(),
                                        page.last() == null ? "" : " and more",
                                        state.path()))
                .filter(_ -> !page.items().isEmpty());
    }

    private static void write(ObjectNode json, BlendState blend) {
        json.put("steps", blend.steps());
        ObjectNode situations = json.putObject("situations");
        for (HistoryLength historyLength : HistoryLength.values()) {
            ObjectNode one = situations.putObject(name(historyLength));
            ObjectNode sources = one.putObject("sources");
            for (SourceWeight sourceWeight : SourceWeight.of(blend, historyLength)) {
                sources.putObject(sourceWeight.source().wireName())
                        .put("weight", round(sourceWeight.weight()))
                        .put("performance", round(sourceWeight.performance()));
            }
            ObjectNode signals = one.putObject("signals");
            for (Signal signal : SignalFamilies.SIGNALS) {
                signals.put(signal.name(), round(blend.weight(historyLength.at(), signal.at())));
            }
        }
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double round(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
