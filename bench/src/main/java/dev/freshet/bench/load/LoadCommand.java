package dev.freshet.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.freshet.api.Drain;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.console.CommandException;
import dev.freshet.console.Progress;
import dev.freshet.demo.DemoRun;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import dev.freshet.generator.Newspaper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command {@code freshet bench load}: measures throughput, latency and the knee of a local
 * cloud.
 */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how many requests per second a local cloud serves, their latency, and its"
                    + " knee: the highest rate of which 95 %% are served, with a p99 within --p99 and"
                    + " at most 1 %% refused or failed.",
            "Requests are sent when they are due, independently of earlier answers; a latency runs"
                    + " from when its request was due. Without --rps the rate rises until the knee is"
                    + " found."
        })
public final class LoadCommand extends Measurement {
    private static final double FIRST_RATE = 40;
    private static final double WARM_UP_RATE = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final double EVENT_RATE = 50;
    private static final int USERS = 5_000;
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(15);

    @Option(
            names = "--rps",
            paramLabel = "N",
            description = "Requests per second, 1 to 5000. Default: rise until the knee is found.")
    private @Nullable Integer rps;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Duration of each rate, 2 to 900. Default: ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(
            names = "--traffic",
            paramLabel = "KIND",
            description = "collect, recommend or both. Default: ${DEFAULT-VALUE}.")
    private String traffic = "both";

    @Option(
            names = "--soak",
            paramLabel = "S",
            description =
                    "Afterwards run at half the knee for 60 to 3600 seconds. Default: do not.")
    private int soak;

    @Option(
            names = "--p99",
            paramLabel = "MS",
            description = "Highest p99 below the knee. Default: ${DEFAULT-VALUE}.")
    private int p99 = 100;

    @Option(
            names = "--limit",
            paramLabel = "S",
            description =
                    "Start no further step after this many seconds, for each kind of traffic."
                            + " Default: ${DEFAULT-VALUE}.")
    private int limit = 240;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description =
                    "A running local cloud on this machine, started with --lift-plans."
                            + " Default: a temporary one with previously simulated users.")
    private @Nullable URI endpoint;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "With --endpoint: key to send. Default: FRESHET_KEY, else the owner's key.")
    private @Nullable String key;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Random seed. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Override
    protected Measured measure() throws InterruptedException, IOException {
        List<Traffic> kinds = check();
        List<LoadReport.Result> results = new ArrayList<>();
        if (endpoint == null) {
            try (ScratchCloud scratch = new ScratchCloud(clock, output::note)) {
                try (Progress progress = output.progress("Simulating users, seconds", 10)) {
                    scratch.demo(seed, 10, EVENT_RATE, progress::at);
                }
                measure(scratch.client(), kinds, results);
            }
        } else {
            try (FreshetClient client = StackConnection.at(endpoint, key).client()) {
                measure(client, kinds, results);
            }
        }
        return report(results);
    }

    private List<Traffic> check() {
        if (rps != null) {
            unlessBetween("--rps", rps, 1, OpenLoop.MAX_RATE);
        }
        unlessBetween("--seconds", seconds, 2, 900);
        unlessBetween("--p99", p99, 1, 10_000);
        unlessBetween("--limit", limit, 10, 3_600);
        if (soak != 0) {
            unlessBetween("--soak", soak, 60, OpenLoop.MAX_SECONDS);
        }
        if (endpoint != null && !isLoopback(endpoint.getHost())) {
            throw new CommandException(
                    "--endpoint must be a local cloud on this machine (127.0.0.1); load tests of"
                            + " other hosts are not allowed.");
        }
        return switch (traffic) {
            case "both" -> List.of(Traffic.values());
            case "collect" -> List.of(Traffic.COLLECT);
            case "recommend" -> List.of(Traffic.RECOMMEND);
            default -> throw new CommandException("--traffic must be collect, recommend or both.");
        };
    }

    /** Returns whether a host is the loopback interface, by its text; no name is resolved. */
    static boolean isLoopback(@Nullable String host) {
        return host != null
                && (host.equalsIgnoreCase("localhost")
                        || host.equals("[::1]")
                        || host.matches("127(\\.\\d{1,3}){3}"));
    }

    private void measure(FreshetClient client, List<Traffic> kinds, List<LoadReport.Result> results)
            throws InterruptedException {
        GeneratedSite paper = Newspaper.of(seed, DemoRun.USERS, clock.instant());
        Traffic.Scene scene =
                new Traffic.Scene(
                        paper.users().stream().map(SimulatedUser::userId).toList(),
                        USERS,
                        paper.items().stream().map(article -> article.item().itemId()).toList(),
                        clock);
        for (Traffic kind : kinds) {
            OpenLoop loop =
                    new OpenLoop(
                            random -> kind.send(client, kind.body(scene, random)).reply(),
                            new SplittableRandom(seed));
            results.add(measure(client, kind, loop));
        }
    }

    private LoadReport.Result measure(FreshetClient client, Traffic kind, OpenLoop loop)
            throws InterruptedException {
        output.note("Warming up " + kind.wireName() + ".");
        loop.run(WARM_UP_RATE, WARM_UP);
        long start = System.nanoTime();
        Knee knee = new Knee(p99);
        Knee.Found found;
        MemoryTrace memory = new MemoryTrace(() -> status(client), output::note);
        try (memory) {
            found =
                    rps == null
                            ? knee.find(
                                    FIRST_RATE,
                                    rate -> step(client, kind, loop, rate, knee),
                                    () -> (System.nanoTime() - start) / 1e9 < limit)
                            : single(loop.run(rps, Duration.ofSeconds(seconds)), knee);
        }
        LoadStep held = found.knee().orElse(null);
        if (soak == 0 || held == null) {
            return new LoadReport.Result(
                    kind, found, rps == null, Optional.empty(), memory.courses());
        }
        settle(client);
        double half = held.rate() / 2;
        output.note(
                String.format(
                        Locale.ROOT,
                        "%s: running at half the knee, %.0f a second, for %d seconds.",
                        kind.wireName(),
                        half,
                        soak));
        MemoryTrace holding = new MemoryTrace(() -> status(client), output::note);
        LoadStep soaked;
        try (holding) {
            soaked = loop.run(half, Duration.ofSeconds(soak));
        }
        return new LoadReport.Result(
                kind, found, rps == null, Optional.of(soaked), holding.courses());
    }

    private static Knee.Found single(LoadStep step, Knee knee) {
        return new Knee.Found(
                List.of(step), knee.holds(step) ? Optional.of(step) : Optional.empty());
    }

    private LoadStep step(FreshetClient client, Traffic kind, OpenLoop loop, double rate, Knee knee)
            throws InterruptedException {
        settle(client);
        LoadStep step = loop.run(rate, Duration.ofSeconds(seconds));
        output.note(
                String.format(
                        Locale.ROOT,
                        "%s at %.0f a second: %.0f served, p99 %.1f ms, %d refused, %d failed%s",
                        kind.wireName(),
                        rate,
                        step.perSecond(),
                        step.times().millis(99),
                        step.shed(),
                        step.failed(),
                        knee.holds(step) ? "" : " (does not hold)"));
        return step;
    }

    /**
     * Waits for a limited time until the write flow has processed the requests of the previous
     * step.
     */
    private static void settle(FreshetClient client) throws InterruptedException {
        try {
            Drain.await(client, LONGEST_SETTLING, behind -> {});
        } catch (UnreachableException away) {
            // the next step reports the failure
        }
    }

    private static JsonNode status(FreshetClient client) {
        try {
            return client.get("/_freshet/status").body();
        } catch (UnreachableException away) {
            return MissingNode.getInstance();
        }
    }

    private Measured report(List<LoadReport.Result> results) {
        LoadReport report = new LoadReport(results);
        Map<String, Object> figures = new LinkedHashMap<>(report.figures());
        figures.put("p99BoundMs", p99);
        figures.put("secondsAStep", seconds);
        return measured(figures, report.text())
                .lines(
                        "Seed {seed}; {secondsAStep} seconds a step; a request of collect has "
                                + Traffic.EVENTS
                                + " events; below the knee p99 is at most {p99BoundMs} ms. The generator"
                                + " shares the machine"
                                + (endpoint == null ? " and the process" : "")
                                + ". Usage plans are lifted.");
    }
}
