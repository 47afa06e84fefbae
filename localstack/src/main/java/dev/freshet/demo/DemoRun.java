package dev.freshet.demo;

import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.imports.Drain;
import dev.freshet.demo.chaos.Chaos;
import dev.freshet.demo.chaos.ChaosReport;
import dev.freshet.demo.chaos.Uptime;
import dev.freshet.generator.Newspaper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One headless run: publish, let the readers visit, let the flow run dry, reckon.
 *
 * @param seed of the newspaper and of every reader's choices
 * @param eventsPerSecond of all readers together
 * @param run a prefix of event ids, unlike that of any earlier run on the same state
 */
public record DemoRun(
        long seed, int seconds, double eventsPerSecond, String run, InstantSource clock) {
    /** Readers of the newspaper: few enough for each to come back several times a minute. */
    public static final int READERS = 60;

    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /**
     * Runs.
     *
     * @param books opens the tables and the log as they are then
     * @param chaos kills processes meanwhile, or null
     * @param second is told how many seconds of the visits have passed
     */
    public DemoSummary on(
            FreshetClient client, Supplier<Books> books, @Nullable Chaos chaos, LongConsumer second)
            throws InterruptedException {
        Newspaper paper = Newspaper.of(seed, READERS, clock.instant());
        Uptime uptime = chaos == null ? new Uptime() : chaos.uptime();
        Simulation simulation = new Simulation(client, paper, clock, run, uptime);
        simulation.publish();
        simulation.lookAround();
        Before before = Before.of(books);
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>(simulation.start(seed, eventsPerSecond));
        Thread killing = chaos == null ? null : chaos.start(seconds);
        for (int i = 1; i <= seconds; i++) {
            Thread.sleep(Duration.ofSeconds(1));
            second.accept(i);
        }
        if (killing != null) {
            killing.join();
        }
        simulation.stop();
        for (Thread reader : threads) {
            reader.join();
        }
        double took = (System.nanoTime() - start) / 1e9;
        ChaosReport report = chaos == null ? null : chaos.report(simulation.ledger().retries());
        try (Books after = books.get()) {
            drain(client, simulation, after, before.trained());
            return summary(simulation, after, before, took, report);
        }
    }

    private record Before(long head, long trained) {
        static Before of(Supplier<Books> books) {
            try (Books open = books.get()) {
                return new Before(open.head(), open.newestModel().model().totals().events());
            }
        }
    }

    private DemoSummary summary(
            Simulation simulation,
            Books books,
            Before before,
            double took,
            @Nullable ChaosReport chaos) {
        DeliveryAudit reckoning =
                DeliveryAudit.of(
                        simulation.ledger(),
                        books.ownersByEvent(),
                        before.trained(),
                        books.newestModel().model().totals().events(),
                        books.versionsAfter(before.head()),
                        simulation.versions());
        return new DemoSummary(
                seed,
                took,
                simulation.ledger().sent(),
                simulation.ledger().accepted().size(),
                reckoning.applied(),
                reckoning.lost(),
                reckoning.duplicated(),
                reckoning.unseen(),
                simulation.ledger().refused(),
                simulation.userFreshness(),
                reckoning.modelFreshness(),
                simulation.recommendTimes(),
                simulation.recommendErrors(),
                simulation.rates(),
                simulation.versions().newest(),
                chaos);
    }

    /**
     * Waits until the model has learned as much as was accepted, nothing more is on its way and an
     * answer shows it, or until the time is up; what is missing then is counted as lost.
     */
    private static void drain(
            FreshetClient client, Simulation simulation, Books books, long trainedBefore)
            throws InterruptedException {
        long giveUp = System.nanoTime() + LONGEST_DRAIN.toNanos();
        long expected = trainedBefore + simulation.ledger().training();
        while (System.nanoTime() < giveUp
                && books.newestModel().model().totals().events() < expected) {
            Thread.sleep(BETWEEN_LOOKS);
        }
        Drain.await(client, behind -> {});
        simulation.awaitVersion(books.head(), Duration.ofSeconds(10));
    }
}
