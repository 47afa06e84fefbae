package dev.freshet.bench;

import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.bench.setup.NewspaperOptions;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.cli.Progress;
import dev.freshet.demo.DemoSummary;
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
            int requests,
            int concurrency,
            long seed,
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
            RequestLoad load =
                    new RequestLoad(scratch.client(), newspaper.users(clock), newspaper.seed());
            load.run(warmUp, concurrency, done -> {});
            try (Progress progress = output.progress("Requests", requests)) {
                RequestLoad.Result result = load.run(requests, concurrency, progress::at);
                return report(result, before.modelVersion());
            }
        }
    }

    private Measured report(RequestLoad.Result result, long modelVersion) {
        Distribution times = Distribution.of(result.times());
        return new Measured(
                        new Figures(
                                requests,
                                concurrency,
                                newspaper.seed(),
                                modelVersion,
                                times,
                                result.errors(),
                                result.degraded(),
                                tenths(result.perSecond()),
                                rounded(result.processorMs(), 100),
                                rounded(result.compilingMs(), 100)),
                        Distribution.heading().add("%s", times.toText("POST recommendations")))
                .lines(
                        "{concurrency} concurrent, {requestsPerSecond:.0f} a second; {errors}"
                                + " errors, {degraded} degraded; model version {modelVersion}",
                        "{processorMs:.2f} ms of this process's processor time a request, emulators"
                                + " not included; the compilers took {compilingMs:.2f} ms");
    }
}
