package dev.freshet.bench;

import dev.freshet.bench.function.FunctionPackage;
import dev.freshet.bench.function.FunctionProcess;
import dev.freshet.bench.function.Relay;
import dev.freshet.bench.setup.CommandChecks;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.bench.setup.Surroundings;
import dev.freshet.cli.Checkout;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.demo.DemoRun;
import dev.freshet.demo.DemoSummary;
import dev.freshet.generator.Newspaper;
import dev.freshet.generator.SimulatedUser;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
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
final class ColdStartCommand implements Callable<Integer> {
    private static final String FUNCTION = "recommend";
    private static final int MAX_RUNS = 1000;
    private static final double RATE = 50;

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

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the newspaper and its users. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

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

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws InterruptedException, IOException {
        CommandChecks.unlessBetween("--runs", runs, 1, MAX_RUNS);
        CommandChecks.unlessBetween("--history", history, 1, 3600);
        Path home = Checkout.find();
        try (ScratchCloud scratch = new ScratchCloud(clock, output::note)) {
            FunctionPackage code = FunctionPackage.asInLambda(home, folder(scratch, "task"));
            FunctionPackage onePath =
                    FunctionPackage.onOneClassPath(home, folder(scratch, "image"));
            DemoSummary before;
            try (Progress progress = output.progress("Simulating users, seconds", history)) {
                before = scratch.demo(seed, history, RATE, progress::at);
            }
            scratch.compact();
            Map<String, String> environment =
                    new HashMap<>(scratch.cloud().environmentOf(FUNCTION));
            Path file = log == null ? scratch.folder().resolve("coldstart.log") : log;
            FunctionDefinition function = TemplateFunction.definition(home, FUNCTION);
            var plain =
                    new FunctionProcess.Setup(
                            function.withSnapStart(false), code, environment, file);
            var image =
                    new FunctionProcess.Setup(
                            function.withSnapStart(false), onePath, environment, file);
            List<Relay> relays = relays(environment);
            var snapStart =
                    new FunctionProcess.Setup(
                            function.withSnapStart(true), code, environment, file);
            try {
                measure(plain, image, snapStart, relays, scratch, before.modelVersion());
            } finally {
                relays.forEach(Relay::close);
            }
        }
        return 0;
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

    private void measure(
            FunctionProcess.Setup plain,
            FunctionProcess.Setup image,
            FunctionProcess.Setup snapStart,
            List<Relay> relays,
            ScratchCloud scratch,
            long modelVersion)
            throws InterruptedException, IOException {
        ColdStart starts = new ColdStart(more, clock);
        Path cache = trained(starts, plain, scratch.folder().resolve("lambda.aot"));
        Path imageCache = trained(starts, image, scratch.folder().resolve("image.aot"));
        List<ColdStartKind> kinds =
                List.of(
                        ColdStartKind.of(
                                "plain",
                                "plain",
                                (event, id) -> starts.run(plain, List.of(), event, id)),
                        ColdStartKind.of(
                                "aot",
                                "cache",
                                (event, id) -> starts.run(plain, uses(cache), event, id)),
                        ColdStartKind.of(
                                "aotOneClassPath",
                                "cache, one class path",
                                (event, id) -> starts.run(image, uses(imageCache), event, id)),
                        ColdStartKind.of(
                                "restored",
                                "restored",
                                (event, id) ->
                                        starts.restore(
                                                snapStart,
                                                () -> relays.forEach(Relay::cut),
                                                event,
                                                id)));
        try (Progress progress = output.progress("Starts", (long) runs * kinds.size())) {
            for (int run = 0; run < runs; run++) {
                for (ColdStartKind kind : kinds) {
                    String id = kind.name() + "-" + run;
                    kind.times().add(kind.start().run(event(id), id));
                    progress.at((long) run * kinds.size() + kinds.indexOf(kind) + 1);
                }
            }
        }
        new ColdStartReport(
                        kinds,
                        runs,
                        seed,
                        modelVersion,
                        Files.size(cache),
                        Files.size(imageCache),
                        Surroundings.now(clock.instant()))
                .print(output);
    }

    private Path trained(ColdStart starts, FunctionProcess.Setup setup, Path cache)
            throws InterruptedException {
        output.note("Training run for the ahead-of-time cache " + cache.getFileName() + ".");
        starts.run(setup, List.of("-XX:AOTCacheOutput=" + cache), event("training"), "training");
        if (!Files.exists(cache)) {
            throw new CommandException("The JDK wrote no ahead-of-time cache. Is it a JDK 25?");
        }
        return cache;
    }

    private static List<String> uses(Path cache) {
        return List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
    }

    private String event(String requestId) {
        SimulatedUser user = Newspaper.of(seed, DemoRun.USERS, clock.instant()).users().getFirst();
        return FirstAnswer.event(RequestLoad.body(user), requestId);
    }
}
