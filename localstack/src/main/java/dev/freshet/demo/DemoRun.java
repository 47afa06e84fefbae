package dev.freshet.demo;

import dev.freshet.api.Drain;
import dev.freshet.api.FreshetClient;
import dev.freshet.demo.DemoSummary.ListOutcomes;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.model.Model;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * One headless demo run: publishes the catalogue, simulates users, waits until all events are
 * processed, and audits their delivery.
 *
 * @param world the site
 * @param seed seed of the site and of every user's choices
 * @param seconds duration of the simulation
 * @param eventsPerSecond total rate of all users
 * @param run prefix of event ids, different from that of any earlier run on the same state
 * @param experiment whether half of the users get popular items, as {@link DemoExperiment}
 * @param clock source of event times
 */
public record DemoRun(
        DemoWorld world,
        long seed,
        int seconds,
        double eventsPerSecond,
        String run,
        boolean experiment,
        InstantSource clock) {
    /** Number of users of the site; few enough that each returns several times a minute. */
    public static final int USERS = 60;

    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    /** Returns the number of users of a run. */
    static int users(boolean experiment) {
        return experiment ? DemoExperiment.USERS : USERS;
    }

    /**
     * Executes the run.
     *
     * @param inspectors opens the tables and the model log at the time of the call
     * @param second receives the number of seconds of the simulation that have passed
     */
    public DemoSummary on(
            FreshetClient client, Supplier<StoreInspector> inspectors, LongConsumer second)
            throws InterruptedException {
        GeneratedSite site = world.site(seed, users(experiment), clock.instant());
        Simulation simulation = new Simulation(client, world, site, clock, run);
        simulation.publish(experiment);
        simulation.warmUp();
        Before before = Before.of(inspectors);
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>(simulation.start(seed, eventsPerSecond));
        for (int i = 1; i <= seconds; i++) {
            Thread.sleep(Duration.ofSeconds(1));
            second.accept(i);
        }
        simulation.stop();
        for (Thread thread : threads) {
            thread.join();
        }
        double took = (System.nanoTime() - start) / 1e9;
        try (StoreInspector after = inspectors.get()) {
            drain(client, simulation, after, before.trained());
            return summary(simulation, after, before, took);
        }
    }

    private record Before(long head, long trained, ListOutcomes lists) {
        static Before of(Supplier<StoreInspector> inspectors) {
            try (StoreInspector open = inspectors.get()) {
                Model model = open.newestModel().model();
                return new Before(
                        open.head(), model.totals().events(), ListOutcomes.of(model.outcomes()));
            }
        }
    }

    private DemoSummary summary(
            Simulation simulation, StoreInspector inspectors, Before before, double took) {
        DeliveryAudit audit =
                DeliveryAudit.of(
                        simulation.ledger(),
                        inspectors.ownersByEvent(),
                        before.trained(),
                        inspectors.newestModel().model().totals().events(),
                        inspectors.versionsAfter(before.head()),
                        simulation.versions());
        return new DemoSummary(
                seed,
                took,
                simulation.ledger().sent(),
                simulation.ledger().accepted().size(),
                audit.applied(),
                audit.lost(),
                audit.duplicated(),
                audit.unseen(),
                simulation.ledger().refused(),
                simulation.userFreshness(),
                audit.modelFreshness(),
                simulation.recommendTimes(),
                simulation.recommendErrors(),
                simulation.rates().all(),
                simulation.rates().latest(),
                ListOutcomes.of(inspectors.newestModel().model().outcomes()).since(before.lists()),
                simulation.ledger().lists(),
                simulation.versions().newest(),
                experiment ? simulation.experimentResults() : null);
    }

    /**
     * Waits until the model has learned from all accepted events, nothing is left in the streams
     * and a response comes from the newest version, or until the time limit; what is missing then
     * counts as lost.
     */
    private static void drain(
            FreshetClient client,
            Simulation simulation,
            StoreInspector inspectors,
            long trainedBefore)
            throws InterruptedException {
        long giveUp = System.nanoTime() + LONGEST_DRAIN.toNanos();
        long expected = trainedBefore + simulation.ledger().training();
        while (System.nanoTime() < giveUp
                && inspectors.newestModel().model().totals().events() < expected) {
            Thread.sleep(POLL_INTERVAL);
        }
        Drain.await(client, behind -> {});
        simulation.awaitVersion(inspectors.head(), Duration.ofSeconds(10));
    }
}
