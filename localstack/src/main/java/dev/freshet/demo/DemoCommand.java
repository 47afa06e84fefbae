package dev.freshet.demo;

import dev.freshet.cli.CloudOptions;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.Refusal;
import dev.freshet.client.FreshetClient;
import dev.freshet.generator.Newspaper;
import dev.freshet.local.LocalCloud;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet demo}: the local cloud, a newspaper on it, and readers. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the local cloud with a made-up newspaper of 600 articles and simulated readers.",
            "Without --headless it goes on until Ctrl-C and serves the playground; with it, it ends"
                    + " after --seconds with a summary of what was measured."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 3600;
    private static final int HIGHEST_RATE = 1000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long the readers visit when headless. Default: ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(
            names = "--rate",
            paramLabel = "EVENTS_PER_S",
            description = "Events a second of all readers together. Default: ${DEFAULT-VALUE}.")
    private double rate = 50;

    @Option(names = "--headless", description = "End with the summary; serve no playground.")
    private boolean headless;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the newspaper and its readers. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin private final CloudOptions cloud = new CloudOptions();

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new Refusal("--seconds must be between 1 and " + MOST_SECONDS + ".");
        }
        if (!(rate > 0 && rate <= HIGHEST_RATE)) {
            throw new Refusal("--rate must be above 0 and at most " + HIGHEST_RATE + ".");
        }
        try (LocalCloud running = LocalCloud.start(cloud.options(output::note))) {
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "closing"));
            String run = "demo-" + seed + "-" + Long.toString(clock.millis(), 36);
            try (FreshetClient client = new FreshetClient(running.apiUri())) {
                return headless ? summary(running, client, run) : goOn(running, client, run);
            }
        }
    }

    private int summary(LocalCloud running, FreshetClient client, String run)
            throws InterruptedException {
        output.note("Readers visit for %d s, seed %d.".formatted(seconds, seed));
        try (Books books = new Books(running.settings(), clock);
                Progress progress = output.progress("Readers visiting, seconds", seconds)) {
            DemoSummary summary =
                    new DemoRun(seed, seconds, rate, run, clock).on(client, books, progress::at);
            output.result(summary.toJson(), summary.toText());
        }
        return 0;
    }

    private int goOn(LocalCloud running, FreshetClient client, String run)
            throws InterruptedException {
        Newspaper paper = Newspaper.of(seed, DemoRun.READERS, clock.instant());
        running.serve("/_freshet/newspaper", new NewspaperPage(paper));
        Simulation simulation = new Simulation(client, paper, clock, run);
        simulation.publish();
        simulation.lookAround();
        simulation.start(seed, rate);
        output.note(
                "The newspaper is open at %s/ with %d articles and %d readers, seed %d. Ctrl-C closes it."
                        .formatted(
                                running.apiUri(),
                                paper.articles().size(),
                                paper.readers().size(),
                                seed));
        new CountDownLatch(1).await();
        return 0;
    }
}
