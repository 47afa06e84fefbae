package dev.freshet.bench.setup;

import dev.freshet.api.FreshetClient;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.console.CommandException;
import dev.freshet.console.TemporaryFolder;
import dev.freshet.demo.DemoRun;
import dev.freshet.demo.DemoSummary;
import dev.freshet.demo.DemoWorld;
import dev.freshet.demo.StoreInspector;
import dev.freshet.folder.Checkout;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.Options;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.lake.FolderLakes;
import dev.freshet.local.lake.LocalLake;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A temporary local cloud on a free port, whose state is deleted when it is closed. Keys are
 * required as usual, but the rate limits of usage plans do not apply, since the system is to be
 * measured.
 */
public final class ScratchCloud implements AutoCloseable {
    private final TemporaryFolder folder = TemporaryFolder.create("freshet-bench-");
    private final LocalCloud cloud;
    private final FreshetClient client;
    private final InstantSource clock;
    private final Thread atExit = new Thread(this::end, "closing");
    private boolean ended;

    /**
     * Starts the cloud with the options of the template.
     *
     * @param messages receives one-line messages for people
     */
    public ScratchCloud(InstantSource clock, Consumer<String> messages) {
        this(StackSettings.of(Map.of()), clock, messages);
    }

    /**
     * Starts the cloud.
     *
     * @param settings options in place of the template's
     * @param messages receives one-line messages for people
     */
    public ScratchCloud(StackSettings settings, InstantSource clock, Consumer<String> messages) {
        this.clock = clock;
        try {
            cloud =
                    LocalCloud.start(
                            Options.of(Checkout.find())
                                    .withState(folder().resolve("state"))
                                    .withSettings(settings)
                                    .with(Options.Switch.PLANS_LIFTED)
                                    .withMessages(messages));
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
        client = cloud.client();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Returns the cloud. */
    public LocalCloud cloud() {
        return cloud;
    }

    /** Returns a client of the cloud's API. */
    public FreshetClient client() {
        return client;
    }

    /** Returns a temporary folder for files that belong to this cloud. */
    public Path folder() {
        return folder.path();
    }

    /** Simulates the demo's users, and waits until all their events are in the model. */
    public DemoSummary demo(long seed, int seconds, double rate, LongConsumer progress)
            throws InterruptedException {
        String run = "bench-" + seed + "-" + Long.toString(clock.millis(), 36);
        return new DemoRun(DemoWorld.NEWSPAPER, seed, seconds, rate, run, false, clock)
                .on(client, () -> new StoreInspector(cloud.settings(), clock), progress);
    }

    /** Returns the folder of the cloud's lake. */
    public Path lakeFolder() {
        return folder().resolve("state").resolve(FolderLakes.FOLDER);
    }

    /** Returns the rows that have arrived in the cloud's lake. */
    public long arrivals() {
        try (LocalLake lake = new LocalLake(lakeFolder())) {
            return lake.number("SELECT count(*) FROM arrivals");
        }
    }

    /**
     * Runs the compaction that the trainer asks for: writes a snapshot if the log has grown enough.
     */
    public void compact() throws InterruptedException {
        Invocation outcome = cloud.invoke("compact", "{}", Duration.ofSeconds(60));
        if (!(outcome instanceof Invocation.Answer)) {
            throw new CommandException("The model log could not be compacted: " + outcome);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private synchronized void end() {
        if (!ended) {
            ended = true;
            client.close();
            cloud.close();
            folder.close();
        }
    }
}
