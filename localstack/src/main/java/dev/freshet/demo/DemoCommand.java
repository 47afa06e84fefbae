package dev.freshet.demo;

import dev.freshet.api.FreshetClient;
import dev.freshet.cli.Freshet;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Progress;
import dev.freshet.folder.LocalState;
import dev.freshet.folder.OwnerKeys;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.MovedClock;
import dev.freshet.local.Options;
import dev.freshet.local.Options.Switch;
import dev.freshet.local.command.CloudOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code freshet demo}: starts the local cloud, publishes a newspaper or a shop on it
 * and lets simulated users use it.
 */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the local cloud with a generated newspaper of 600 articles, or a shop of 600"
                    + " products, and simulated users.",
            "Without --headless it runs until Ctrl-C and serves the playground. With --headless it"
                    + " ends after --seconds with a summary of the measurements, and the rate limits of"
                    + " usage plans do not apply."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 3600;
    private static final int MAX_RATE = 1000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Duration of the simulation with --headless. Default: ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(
            names = "--rate",
            paramLabel = "EVENTS_PER_S",
            description = "Total events per second of all users. Default: ${DEFAULT-VALUE}.")
    private double rate = 50;

    @Option(
            names = "--headless",
            description = "Print a summary and exit; do not serve the playground.")
    private boolean headless;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the site and its users. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--world",
            paramLabel = "NAME",
            description = "What the site is: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private DemoWorld world = DemoWorld.NEWSPAPER;

    @Option(
            names = "--experiment",
            description =
                    "Give half of the users popular items only, and tell what personalisation is worth.")
    private boolean experiment;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = {
                "Fill N days before now first, 3 to 28, with a holdout, a placement that begins, a"
                        + " deployment and a page that is broken for five hours, in an empty folder, or"
                        + " go on with those that the folder holds. Four to twelve minutes for 28."
                        + " Users then go on at that pace; --seconds, --rate and --experiment do not"
                        + " apply."
            })
    private int days;

    @Mixin private final CloudOptions cloud = new CloudOptions();

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new CommandException("--seconds must be between 1 and " + MAX_SECONDS + ".");
        }
        if (!(rate > 0 && rate <= MAX_RATE)) {
            throw new CommandException("--rate must be above 0 and at most " + MAX_RATE + ".");
        }
        if (days != 0 && (days < DemoMonth.LEAST_DAYS || days > DemoMonth.MOST_DAYS)) {
            throw new CommandException(
                    "--days is %d to %d.".formatted(DemoMonth.LEAST_DAYS, DemoMonth.MOST_DAYS));
        }
        String run = "demo-" + seed + "-" + Long.toString(clock.millis(), 36);
        Options asked = cloud.options(output::note);
        Options requested = asked.withSettings(world.settings(asked.settings()));
        Options options = headless || days > 0 ? requested.with(Switch.PLANS_LIFTED) : requested;
        SeedNote.check(options, world, seed, days > 0);
        if (days > 0) {
            return month(options);
        }
        try (LocalCloud running = LocalCloud.start(options)) {
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "closing"));
            SeedNote.write(options, world, seed, false);
            try (FreshetClient client = running.client()) {
                return headless
                        ? summary(running, client, run)
                        : serveUntilInterrupted(running, client, run);
            }
        }
    }

    private int month(Options options) throws InterruptedException {
        Instant now = clock.instant();
        Optional<Instant> since = SeedNote.since(options);
        Instant start = since.orElse(DemoMonth.start(now, days));
        MovedClock moved = new MovedClock(clock, since.isPresent() ? now : start);
        GeneratedSite site = world.month(seed, DemoMonth.USERS, start);
        try (LocalCloud running = LocalCloud.start(options.withClock(moved))) {
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "closing"));
            if (since.isEmpty()) {
                SeedNote.write(options, world, seed, true);
            }
            try (FreshetClient client = running.client()) {
                DemoMonth month =
                        new DemoMonth(
                                world, seed, site, client, moved, start, days, DemoMonth.VISITS);
                if (since.isEmpty()) {
                    live(running, month, now);
                    SeedNote.lived(options, world, seed, start);
                }
                if (!headless) {
                    serve(running, client, site);
                    month.goOn();
                }
            }
        }
        return 0;
    }

    private void live(LocalCloud running, DemoMonth month, Instant now)
            throws InterruptedException {
        Duration whole = Duration.between(month.start(), now);
        try (Progress progress = output.progress("Living, hours", whole.toHours())) {
            DemoMonth.Summary summary = month.live(running, now, progress::at);
            output.result(summary.toJson(), summary.toText());
        }
    }

    private int summary(LocalCloud running, FreshetClient client, String run)
            throws InterruptedException {
        output.note("Simulating users for %d s, seed %d.".formatted(seconds, seed));
        Supplier<StoreInspector> inspectors = () -> new StoreInspector(running.settings(), clock);
        try (Progress progress = output.progress("Simulating users, seconds", seconds)) {
            DemoSummary summary =
                    new DemoRun(world, seed, seconds, rate, run, experiment, clock)
                            .on(client, inspectors, progress::at);
            output.result(summary.toJson(), summary.toText());
        }
        return 0;
    }

    private int serveUntilInterrupted(LocalCloud running, FreshetClient client, String run)
            throws InterruptedException {
        GeneratedSite site = world.site(seed, DemoRun.users(experiment), clock.instant());
        serve(running, client, site);
        Simulation simulation = new Simulation(client, world, site, clock, run);
        simulation.publish(experiment);
        simulation.warmUp();
        simulation.start(seed, rate);
        new CountDownLatch(1).await();
        return 0;
    }

    /**
     * Returns the address of the playground of another demo that runs beside this one, on the state
     * folder that the playground's hint names or on the usual one.
     */
    static Optional<String> otherSite(Path own) {
        return Stream.of("", "-newspaper", "-shop")
                .map(ending -> own.resolveSibling(LocalState.FOLDER + ending))
                .filter(folder -> !folder.equals(own))
                .flatMap(folder -> playground(folder).stream())
                .findFirst();
    }

    private static Optional<String> playground(Path state) {
        return new LocalState(state)
                .api()
                .flatMap(api -> OwnerKeys.in(state).map(own -> api + "/#key=" + own.publishable()));
    }

    /** Serves the playground over a site. */
    private void serve(LocalCloud running, FreshetClient client, GeneratedSite site) {
        WorldPage page = new WorldPage(world, site, () -> otherSite(running.stateFolder()));
        running.serve("/_freshet/world", _ -> page.reply());
        PersonRoutes.serve(running, client, site);
        output.note(
                "The %s is at %s/%s with %d items and %d users, seed %d."
                        .formatted(
                                world,
                                running.apiUri(),
                                running.ownerKeys()
                                        .map(own -> "#key=" + own.publishable())
                                        .orElse(""),
                                site.items().size(),
                                site.users().size(),
                                seed));
        var _ = Freshet.commandLine().execute("dashboard", "--state=" + running.stateFolder());
        output.note("Press Ctrl-C to stop.");
    }
}
