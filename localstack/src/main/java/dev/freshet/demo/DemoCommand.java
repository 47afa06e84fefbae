package dev.freshet.demo;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.demo.chaos.Chaos;
import dev.freshet.demo.chaos.CloudProcess;
import dev.freshet.demo.chaos.Uptime;
import dev.freshet.generator.Newspaper;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.Options;
import dev.freshet.local.command.CloudOptions;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
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
                    + " after --seconds with a summary of what was measured; the rates of usage plans"
                    + " are left out then."
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

    @Option(
            names = "--chaos",
            description =
                    "Kill each process in turn meanwhile, the one that answers HTTP included, and start"
                            + " it again. With --headless only; on a folder and a port of its own.")
    private boolean chaos;

    @Mixin private final CloudOptions cloud = new CloudOptions();

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new CommandException("--seconds must be between 1 and " + MOST_SECONDS + ".");
        }
        if (!(rate > 0 && rate <= HIGHEST_RATE)) {
            throw new CommandException("--rate must be above 0 and at most " + HIGHEST_RATE + ".");
        }
        String run = "demo-" + seed + "-" + Long.toString(clock.millis(), 36);
        Options asked = cloud.options(output::note);
        Options options = headless ? asked.withPlansLifted(true) : asked;
        if (chaos) {
            return chaotic(options, run);
        }
        SeedNote.check(options, seed);
        try (LocalCloud running = LocalCloud.start(options)) {
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "closing"));
            SeedNote.leave(options, seed);
            try (FreshetClient client = running.client()) {
                return headless ? summary(running, client, run) : goOn(running, client, run);
            }
        }
    }

    private int summary(LocalCloud running, FreshetClient client, String run)
            throws InterruptedException {
        output.note("Readers visit for %d s, seed %d.".formatted(seconds, seed));
        Supplier<Books> books = () -> new Books(running.settings(), clock);
        try (Progress progress = output.progress("Readers visiting, seconds", seconds)) {
            DemoSummary summary =
                    new DemoRun(seed, seconds, rate, run, clock)
                            .on(client, books, null, progress::at);
            output.result(summary.toJson(), summary.toText());
        }
        return 0;
    }

    /** The cloud is another process, so that the readers outlive it. */
    private int chaotic(Options options, String run) throws InterruptedException {
        if (!headless) {
            throw new CommandException("--chaos goes with --headless: it measures, and ends.");
        }
        Options apart =
                options.withState(options.home().resolve("target/freshet-chaos"))
                        .withFresh(true)
                        .withPort(0);
        output.note("Readers visit for %d s, seed %d.".formatted(seconds, seed));
        try (CloudProcess running = CloudProcess.of(apart);
                FreshetClient client = running.client();
                Progress progress = output.progress("Readers visiting, seconds", seconds)) {
            DemoSummary summary =
                    new DemoRun(seed, seconds, rate, run, clock)
                            .on(
                                    client,
                                    () -> new Books(running.settings(), clock),
                                    new Chaos(running, client, seed, output::note),
                                    progress::at);
            output.result(summary.toJson(), summary.toText());
        }
        return 0;
    }

    private int goOn(LocalCloud running, FreshetClient client, String run)
            throws InterruptedException {
        Newspaper paper = Newspaper.of(seed, DemoRun.READERS, clock.instant());
        running.serve("/_freshet/newspaper", new NewspaperPage(paper));
        Simulation simulation = new Simulation(client, paper, clock, run, new Uptime());
        simulation.publish();
        simulation.lookAround();
        simulation.start(seed, rate);
        output.note(
                "The newspaper is open at %s/%s with %d articles and %d readers, seed %d. Ctrl-C closes it."
                        .formatted(
                                running.apiUri(),
                                running.ownerKeys()
                                        .map(own -> "#key=" + own.publishable())
                                        .orElse(""),
                                paper.articles().size(),
                                paper.users().size(),
                                seed));
        new CountDownLatch(1).await();
        return 0;
    }
}
