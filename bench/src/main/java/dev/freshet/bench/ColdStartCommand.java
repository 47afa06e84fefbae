package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.freshet.local.Options;
import dev.freshet.local.template.FunctionDefinition;
import dev.freshet.local.template.TemplateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            "From the start of a process to its first recommendation: the packaged jar under AWS's"
                    + " runtime interface client, plain and with the JDK's ahead-of-time cache.",
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

    /** A kind of start, with the durations of each run. */
    private record Kind(
            String name, String label, List<String> options, List<ColdStart.Times> times) {
        Spread ready() {
            return Spread.of(times.stream().map(ColdStart.Times::ready).toList());
        }

        Spread worked() {
            return Spread.of(times.stream().map(ColdStart.Times::worked).toList());
        }

        Spread answered() {
            return Spread.of(times.stream().map(ColdStart.Times::answered).toList());
        }
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        CommandChecks.unlessBetween("--runs", runs, 1, MAX_RUNS);
        CommandChecks.unlessBetween("--history", history, 1, 3600);
        Path home = Checkout.find();
        List<Path> jars = ColdStart.packaged(home);
        try (ScratchCloud scratch = new ScratchCloud(clock, output::note)) {
            DemoSummary before;
            try (Progress progress = output.progress("Simulating users, seconds", history)) {
                before = scratch.demo(seed, history, RATE, progress);
            }
            scratch.compact();
            ColdStart starts =
                    new ColdStart(
                            function(home),
                            scratch.cloud().environmentOf(FUNCTION),
                            jars,
                            log == null ? scratch.folder().resolve("coldstart.log") : log,
                            more,
                            clock);
            measure(starts, scratch.folder().resolve("recommend.aot"), before.modelVersion());
        }
        return 0;
    }

    private void measure(ColdStart starts, Path cache, long modelVersion)
            throws InterruptedException, IOException {
        output.note("Training run for the ahead-of-time cache.");
        starts.run(List.of("-XX:AOTCacheOutput=" + cache), event("training"), "training");
        if (!Files.exists(cache)) {
            throw new CommandException("The JDK wrote no ahead-of-time cache. Is it a JDK 25?");
        }
        List<Kind> kinds =
                List.of(
                        new Kind("plain", "plain", List.of(), new ArrayList<>()),
                        new Kind(
                                "aot",
                                "ahead-of-time cache",
                                List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on"),
                                new ArrayList<>()));
        try (Progress progress = output.progress("Starts", (long) runs * kinds.size())) {
            for (int run = 0; run < runs; run++) {
                for (Kind kind : kinds) {
                    String id = kind.name() + "-" + run;
                    kind.times().add(starts.run(kind.options(), event(id), id));
                    progress.at((long) run * kinds.size() + kinds.indexOf(kind) + 1);
                }
            }
        }
        report(kinds, Files.size(cache), modelVersion, Surroundings.now(clock.instant()));
    }

    private String event(String requestId) {
        SimulatedUser user = Newspaper.of(seed, DemoRun.USERS, clock.instant()).users().getFirst();
        return FirstAnswer.event(RequestLoad.body(user), requestId);
    }

    private static FunctionDefinition function(Path home) {
        return TemplateReader.read(Options.of(home).template()).functions().stream()
                .filter(function -> function.name().equals(FUNCTION))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "The template has no function " + FUNCTION + "."));
    }

    private void report(
            List<Kind> kinds, long cacheBytes, long modelVersion, Surroundings machine) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bench", "coldstart")
                .put("runs", runs)
                .put("seed", seed)
                .put("modelVersion", modelVersion)
                .put("aotCacheBytes", cacheBytes);
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "%-24s%8s%8s%8s%16s%16s%n",
                                "first recommendation",
                                "median",
                                "min",
                                "max",
                                "initialisation",
                                "processor time"));
        for (Kind kind : kinds) {
            Spread answered = kind.answered();
            Spread ready = kind.ready();
            ObjectNode node = json.putObject(kind.name());
            node.set("firstAnswerMs", answered.toJson());
            node.set("readyMs", ready.toJson());
            node.set("processorMs", kind.worked().toJson());
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-24s%8d%8d%8d%16d%16d  ms%n",
                            kind.label(),
                            answered.median(),
                            answered.min(),
                            answered.max(),
                            ready.median(),
                            kind.worked().median()));
        }
        machine.writeTo(json);
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d starts each; cache %.1f MB; model version %d%n%s",
                        runs,
                        cacheBytes / 1e6,
                        modelVersion,
                        machine.toText()));
        output.result(json, text.toString());
    }
}
