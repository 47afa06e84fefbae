package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.setup.CommandChecks;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.bench.setup.Surroundings;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.demo.DemoRun;
import dev.freshet.demo.DemoSummary;
import dev.freshet.generator.Newspaper;
import dev.freshet.generator.SimulatedUser;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code freshet bench recommend}: measures the latency of recommendations without
 * other load.
 */
@Command(
        name = "recommend",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the latency of POST /v1/recommendations at the client on warm connections.",
            "First simulates users for a while, to create histories and a model."
        })
final class RecommendBenchCommand implements Callable<Integer> {
    private static final int MAX_REQUESTS = 1_000_000;
    private static final int MAX_CONCURRENCY = 64;
    private static final int WARM_UP = 500;
    private static final double RATE = 50;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Number of measured requests. Default: ${DEFAULT-VALUE}.")
    private int requests = 5000;

    @Option(
            names = "--concurrency",
            paramLabel = "C",
            description = "Concurrent requests. Default: ${DEFAULT-VALUE}.")
    private int concurrency = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the newspaper and its users. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--history",
            paramLabel = "SECONDS",
            description =
                    "Duration of the simulation before the measurement. Default: ${DEFAULT-VALUE}.")
    private int history = 20;

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws InterruptedException {
        CommandChecks.unlessBetween("--requests", requests, 1, MAX_REQUESTS);
        CommandChecks.unlessBetween("--concurrency", concurrency, 1, MAX_CONCURRENCY);
        CommandChecks.unlessBetween("--history", history, 1, 3600);
        try (ScratchCloud scratch = new ScratchCloud(clock, output::note)) {
            DemoSummary before;
            try (Progress progress = output.progress("Simulating users, seconds", history)) {
                before = scratch.demo(seed, history, RATE, progress::at);
            }
            List<SimulatedUser> users = Newspaper.of(seed, DemoRun.USERS, clock.instant()).users();
            RequestLoad load = new RequestLoad(scratch.client(), users, seed);
            load.run(WARM_UP, concurrency, done -> {});
            try (Progress progress = output.progress("Requests", requests)) {
                report(
                        load.run(requests, concurrency, progress::at),
                        before.modelVersion(),
                        Surroundings.now(clock.instant()));
            }
        }
        return 0;
    }

    private void report(RequestLoad.Result result, long modelVersion, Surroundings machine) {
        Distribution times = Distribution.of(result.times());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bench", "recommend")
                .put("requests", requests)
                .put("concurrency", concurrency)
                .put("seed", seed)
                .put("modelVersion", modelVersion);
        json.set("recommendMs", times.toJson());
        json.put("errors", result.errors())
                .put("degraded", result.degraded())
                .put("requestsPerSecond", Math.round(result.perSecond() * 10) / 10.0);
        machine.writeTo(json);
        String text =
                String.join(
                        System.lineSeparator(),
                        Distribution.HEADING,
                        times.toText("POST recommendations"),
                        String.format(
                                Locale.ROOT,
                                "%d concurrent, %.0f a second; %d errors, %d degraded; model"
                                        + " version %d",
                                concurrency,
                                result.perSecond(),
                                result.errors(),
                                result.degraded(),
                                modelVersion),
                        machine.toText());
        output.result(json, text);
    }
}
