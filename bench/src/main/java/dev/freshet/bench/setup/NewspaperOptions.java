package dev.freshet.bench.setup;

import dev.freshet.console.Output;
import dev.freshet.console.Progress;
import dev.freshet.demo.DemoRun;
import dev.freshet.demo.DemoSummary;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import dev.freshet.generator.Newspaper;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Option;

/** The demo's newspaper that a measurement simulates, by its seed. */
public final class NewspaperOptions {
    /** Events per second of all users, where a measurement does not choose its own rate. */
    private static final double RATE = 50;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the newspaper and its users. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    /** Returns the seed. */
    public long seed() {
        return seed;
    }

    /** Simulates the users for some seconds, and waits until all their events are in the model. */
    public DemoSummary simulate(ScratchCloud cloud, int seconds, Output output)
            throws InterruptedException {
        try (Progress progress = output.progress("Simulating users, seconds", seconds)) {
            return cloud.demo(seed, seconds, RATE, progress::at);
        }
    }

    /** Returns the users. */
    public List<SimulatedUser> users(InstantSource clock) {
        return Newspaper.of(seed, DemoRun.USERS, clock.instant()).users();
    }
}
