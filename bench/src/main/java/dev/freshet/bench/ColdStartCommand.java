package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.function.FunctionPackage;
import dev.freshet.bench.function.FunctionProcess;
import dev.freshet.bench.function.Relay;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.bench.setup.NewspaperOptions;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.cli.Checkout;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Progress;
import dev.freshet.cli.Text;
import dev.freshet.demo.DemoSummary;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code freshet bench coldstart}: measures the time from the start of a process to its
 * first recommendation.
 */
@Command(
        name = "coldstart",
        mixinStandardHelpOptions = true,
        description = {
            "From the start of a process to its first recommendation: the packaged functions under"
                    + " AWS's runtime interface client, laid out as in Lambda, plain and with the JDK's"
                    + " ahead-of-time cache; with that cache and all jars on one class path, as a"
                    + " container image can have it; and from the restore of a SnapStart snapshot.",
            "Only answers from a loaded model are counted."
        })
final class ColdStartCommand extends Measurement {
    private static final String FUNCTION = "recommend";
    private static final int MAX_RUNS = 1000;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Starts of each kind, alternating. Default: ${DEFAULT-VALUE}.")
    private int runs = 10;

    @Option(
            names = "--history",
            paramLabel = "SECONDS",
            description =
                    "Duration of the simulation before the measurement. Default: ${DEFAULT-VALUE}.")
    private int history = 15;

    @Mixin private final NewspaperOptions newspaper = new NewspaperOptions();

    @Option(
            names = "--jvm-option",
            paramLabel = "OPTION",
            description = "Additional JVM option of each start, for profiling.")
    private List<String> more = new ArrayList<>();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Keep the output of the processes in this file.")
    private @Nullable Path log;

    /**
     * A kind of start.
     *
     * @param name key in the JSON result
     * @param label name for people
     * @param options JVM options of its processes
     */
    private record Kind(
            String name, String label, FunctionProcess.Setup setup, List<String> options) {}

    /** What was measured of one kind. */
    private record Figures(Spread firstAnswerMs, Spread readyMs, Spread processorMs) {}

    @Override
    protected Measured measure() throws InterruptedException, IOException {
        unlessBetween("--runs", runs, 1, MAX_RUNS);
        unlessBetween("--history", history, 1, 3600);
        Path home = Checkout.find();
        try (ScratchCloud scratch = new ScratchCloud(clock, output::note)) {
            FunctionPackage code = FunctionPackage.asInLambda(home, folder(scratch, "task"));
            FunctionPackage onePath =
                    FunctionPackage.onOneClassPath(home, folder(scratch, "image"));
            DemoSummary before = newspaper.simulate(scratch, history, output);
            scratch.compact();
            Map<String, String> environment =
                    new HashMap<>(scratch.cloud().environmentOf(FUNCTION));
            Path file = log == null ? scratch.folder().resolve("coldstart.log") : log;
            FunctionDefinition function = FunctionPackage.definition(home, FUNCTION);
            FunctionDefinition onDemand = function.withSnapStart(false);
            var plain = new FunctionProcess.Setup(onDemand, code, environment, file);
            var image = new FunctionProcess.Setup(onDemand, onePath, environment, file);
            List<Relay> relays = relays(environment);
            var snapStart =
                    new FunctionProcess.Setup(
                            function.withSnapStart(true), code, environment, file);
            try {
                ColdStart starts = new ColdStart(more, clock);
                Path cache = trained(starts, plain, scratch.folder().resolve("lambda.aot"));
                Path imageCache = trained(starts, image, scratch.folder().resolve("image.aot"));
                List<Kind> kinds =
                        List.of(
                                new Kind("plain", "plain", plain, List.of()),
                                new Kind("aot", "cache", plain, uses(cache)),
                                new Kind(
                                        "aotOneClassPath",
                                        "cache, one class path",
                                        image,
                                        uses(imageCache)),
                                new Kind("restored", "restored", snapStart, List.of()));
                return report(
                        run(starts, kinds, relays),
                        before.modelVersion(),
                        Files.size(cache),
                        Files.size(imageCache));
            } finally {
                relays.forEach(Relay::close);
            }
        }
    }

    private static Path folder(ScratchCloud scratch, String name) throws IOException {
        return Files.createDirectory(scratch.folder().resolve(name));
    }

    /** Puts relays in front of the stores, so that their connections can be ended. */
    private static List<Relay> relays(Map<String, String> environment) {
        List<Relay> relays = new ArrayList<>();
        for (String store : List.of("AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_S3")) {
            Relay relay =
                    Relay.plain(
                            URI.create(Objects.requireNonNull(environment.get(store))),
                            Duration.ZERO);
            relays.add(relay);
            environment.put(store, relay.uri("http").toString());
        }
        return relays;
    }

    private Map<Kind, List<ColdStart.Times>> run(
            ColdStart starts, List<Kind> kinds, List<Relay> relays) throws InterruptedException {
        Map<Kind, List<ColdStart.Times>> times = new LinkedHashMap<>();
        kinds.forEach(kind -> times.put(kind, new ArrayList<>()));
        try (Progress progress = output.progress("Starts", (long) runs * kinds.size())) {
            for (int run = 0; run < runs; run++) {
                for (Map.Entry<Kind, List<ColdStart.Times>> entry : times.entrySet()) {
                    Kind kind = entry.getKey();
                    String id = kind.name + "-" + run;
                    Runnable frozen = () -> relays.forEach(Relay::cut);
                    entry.getValue()
                            .add(starts.run(kind.setup, kind.options, frozen, event(id), id));
                    progress.at((long) run * kinds.size() + kinds.indexOf(kind) + 1);
                }
            }
        }
        return times;
    }

    private Measured report(
            Map<Kind, List<ColdStart.Times>> times,
            long modelVersion,
            long cacheBytes,
            long imageCacheBytes) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("runs", runs)
                        .put("seed", newspaper.seed())
                        .put("modelVersion", modelVersion)
                        .put("aotCacheBytes", cacheBytes)
                        .put("aotOneClassPathCacheBytes", imageCacheBytes);
        Text text = new Text();
        text.add(
                "%-24s%8s%8s%8s%16s%16s",
                "first recommendation", "median", "min", "max", "initialisation", "processor time");
        times.forEach(
                (kind, some) -> {
                    Figures figures =
                            new Figures(
                                    Spread.of(some.stream().map(ColdStart.Times::answered)),
                                    Spread.of(some.stream().map(ColdStart.Times::ready)),
                                    Spread.of(some.stream().map(ColdStart.Times::worked)));
                    json.putPOJO(kind.name, figures);
                    text.add(
                            "%-24s%8d%8d%8d%16d%16d  ms",
                            kind.label,
                            figures.firstAnswerMs.median(),
                            figures.firstAnswerMs.min(),
                            figures.firstAnswerMs.max(),
                            figures.readyMs.median(),
                            figures.processorMs.median());
                });
        text.add(
                "%d starts each; caches %.1f and %.1f MB; model version %d",
                runs, cacheBytes / 1e6, imageCacheBytes / 1e6, modelVersion);
        return new Measured(json, text);
    }

    private Path trained(ColdStart starts, FunctionProcess.Setup setup, Path cache)
            throws InterruptedException {
        output.note("Training run for the ahead-of-time cache " + cache.getFileName() + ".");
        List<String> options = List.of("-XX:AOTCacheOutput=" + cache);
        starts.run(setup, options, () -> {}, event("training"), "training");
        if (!Files.exists(cache)) {
            throw new CommandException("The JDK wrote no ahead-of-time cache. Is it a JDK 25?");
        }
        return cache;
    }

    private static List<String> uses(Path cache) {
        return List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
    }

    private String event(String requestId) {
        return FirstAnswer.event(RequestLoad.body(newspaper.users(clock).getFirst()), requestId);
    }
}
