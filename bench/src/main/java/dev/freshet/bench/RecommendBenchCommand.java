package dev.freshet.bench;

import dev.freshet.api.FreshetClient;
import dev.freshet.bench.load.ClosedLoop;
import dev.freshet.bench.load.Tally;
import dev.freshet.bench.load.Tally.Reply;
import dev.freshet.bench.load.Traffic;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.bench.setup.NewspaperOptions;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.bench.setup.Stopwatch;
import dev.freshet.console.Progress;
import dev.freshet.demo.DemoSummary;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import java.util.List;
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
final class RecommendBenchCommand extends Measurement {
    private static final int MAX_REQUESTS = 1_000_000;
    private static final int MAX_CONCURRENCY = 64;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Number of measured requests. Default: ${DEFAULT-VALUE}.")
    private int requests = 5000;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description =
                    "Number of requests before the measured ones; until some 20,000 the second"
                            + " compiler still works. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 500;

    @Option(
            names = "--concurrency",
            paramLabel = "C",
            description = "Concurrent requests. Default: ${DEFAULT-VALUE}.")
    private int concurrency = 1;

    @Mixin private final NewspaperOptions newspaper = new NewspaperOptions();

    @Option(
            names = "--history",
            paramLabel = "SECONDS",
            description =
                    "Duration of the simulation before the measurement. Default: ${DEFAULT-VALUE}.")
    private int history = 20;

    private record Figures(
            long modelVersion,
            Distribution recommendMs,
            long errors,
            long degraded,
            double requestsPerSecond,
            double processorMs,
            double compilingMs) {}

    @Override
    protected Measured measure() throws InterruptedException {
        unlessBetween("--requests", requests, 1, MAX_REQUESTS);
        unlessBetween("--warm-up", warmUp, 0, MAX_REQUESTS);
        unlessBetween("--concurrency", concurrency, 1, MAX_CONCURRENCY);
        unlessBetween("--history", history, 1, 3600);
        try (ScratchCloud scratch = new ScratchCloud(clock, output::note)) {
            DemoSummary before = newspaper.simulate(scratch, history, output);
            List<SimulatedUser> users = newspaper.users(clock);
            FreshetClient client = scratch.client();
            ClosedLoop load =
                    new ClosedLoop(
                            random -> {
                                SimulatedUser user = users.get(random.nextInt(users.size()));
                                return Traffic.RECOMMEND.send(client, Traffic.page(user));
                            },
                            newspaper.seed());
            load.run(warmUp, concurrency, done -> {});
            try (Progress progress = output.progress("Requests", requests)) {
                Stopwatch stopwatch = new Stopwatch();
                Tally tally = load.run(requests, concurrency, progress::at);
                return report(tally, stopwatch, before.modelVersion());
            }
        }
    }

    private Measured report(Tally tally, Stopwatch stopwatch, long modelVersion) {
        Distribution times = Distribution.of(tally.times());
        Figures figures =
                new Figures(
                        modelVersion,
                        times,
                        tally.count(Reply.SHED) + tally.count(Reply.FAILED),
                        tally.count(Reply.DEGRADED),
                        tenths(requests / stopwatch.seconds()),
                        rounded(1e3 * stopwatch.processorSeconds() / requests, 100),
                        rounded(1e3 * stopwatch.compilingSeconds() / requests, 100));
        return measured(
                        figures,
                        Distribution.heading().add("%s", times.toText("POST recommendations")))
                .lines(
                        "{concurrency} concurrent, {requestsPerSecond:.0f} a second; {errors}"
                                + " errors, {degraded} degraded; model version {modelVersion}",
                        "{processorMs:.2f} ms of this process's processor time a request, emulators"
                                + " not included; the compilers took {compilingMs:.2f} ms");
    }
}
