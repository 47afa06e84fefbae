package dev.freshet.bench;

import dev.freshet.bench.function.FunctionPackage;
import dev.freshet.bench.function.FunctionProcess;
import dev.freshet.bench.function.Relay;
import dev.freshet.bench.load.Traffic;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.bench.setup.NewspaperOptions;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.console.CommandException;
import dev.freshet.console.Progress;
import dev.freshet.console.Text;
import dev.freshet.demo.DemoSummary;
import dev.freshet.folder.Checkout;
import dev.freshet.json.JsonRecords;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
     */
    private record Kind(String name, String label, FunctionProcess.Setup setup) {}

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
            var plain = new FunctionProcess.Setup(onDemand, code, environment, file, more);
            var image = new FunctionProcess.Setup(onDemand, onePath, environment, file, more);
            List<Relay> relays = relays(environment);
            var snapStart =
                    new FunctionProcess.Setup(
                            function.withSnapStart(true), code, environment, file, more);
            try {
                Path cache = trained(plain, scratch.folder().resolve("lambda.aot"));
                Path imageCache = trained(image, scratch.folder().resolve("image.aot"));
                List<Kind> kinds =
                        List.of(
                                new Kind("plain", "plain", plain),
                                new Kind("aot", "cache", using(plain, cache)),
                                new Kind(
                                        "aotOneClassPath",
                                        "cache, one class path",
                                        using(image, imageCache)),
                                new Kind("restored", "restored", snapStart));
                return report(
                        run(kinds, relays),
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
            Relay relay = new Relay(URI.create(Objects.requireNonNull(environment.get(store))));
            relays.add(relay);
            environment.put(store, relay.uri().toString());
        }
        return relays;
    }

    private Map<Kind, List<ColdStart.Times>> run(List<Kind> kinds, List<Relay> relays)
            throws InterruptedException {
        Map<Kind, List<ColdStart.Times>> times = new LinkedHashMap<>();
        kinds.forEach(kind -> times.put(kind, new ArrayList<>()));
        try (Progress progress = output.progress("Starts", (long) runs * kinds.size())) {
            for (int run = 0; run < runs; run++) {
                for (Map.Entry<Kind, List<ColdStart.Times>> entry : times.entrySet()) {
                    Kind kind = entry.getKey();
                    String id = kind.name + "-" + run;
                    Runnable frozen = () -> relays.forEach(Relay::cut);
                    entry.getValue().add(ColdStart.run(kind.setup, frozen, event(id), id, clock));
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
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("modelVersion", modelVersion);
        figures.put("aotCacheBytes", cacheBytes);
        figures.put("aotOneClassPathCacheBytes", imageCacheBytes);
        Text text = new Text();
        text.add(
                "%-24s%8s%8s%8s%16s%16s",
                "first recommendation", "median", "min", "max", "initialisation", "processor time");
        times.forEach(
                (kind, some) -> {
                    Figures of =
                            new Figures(
                                    Spread.of(some.stream().map(ColdStart.Times::answered)),
                                    Spread.of(some.stream().map(ColdStart.Times::ready)),
                                    Spread.of(some.stream().map(ColdStart.Times::worked)));
                    figures.put(kind.name, of);
                    text.add(
                            JsonRecords.tree(of),
                            kind.label
                                    + " ".repeat(24 - kind.label.length())
                                    + "{/firstAnswerMs/median:8d}{/firstAnswerMs/min:8d}"
                                    + "{/firstAnswerMs/max:8d}{/readyMs/median:16d}"
                                    + "{/processorMs/median:16d}  ms");
                });
        text.add(
                "%d starts each; caches %.1f and %.1f MB; model version %d",
                runs, cacheBytes / 1e6, imageCacheBytes / 1e6, modelVersion);
        return measured(figures, text);
    }

    private Path trained(FunctionProcess.Setup setup, Path cache) throws InterruptedException {
        output.note("Training run for the ahead-of-time cache " + cache.getFileName() + ".");
        ColdStart.run(
                setup.with("-XX:AOTCacheOutput=" + cache),
                () -> {},
                event("training"),
                "training",
                clock);
        if (!Files.exists(cache)) {
            throw new CommandException("The JDK wrote no ahead-of-time cache. Is it a JDK 25?");
        }
        return cache;
    }

    private static FunctionProcess.Setup using(FunctionProcess.Setup setup, Path cache) {
        return setup.with("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
    }

    private String event(String requestId) {
        return FirstAnswer.event(Traffic.page(newspaper.users(clock).getFirst()), requestId);
    }
}
