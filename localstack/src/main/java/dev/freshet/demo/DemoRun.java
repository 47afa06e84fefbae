package dev.freshet.demo;

import dev.freshet.client.FreshetClient;
import dev.freshet.generator.Newspaper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongConsumer;

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
     * @param second is told how many seconds of the visits have passed
     */
    public DemoSummary on(FreshetClient client, Books books, LongConsumer second)
            throws InterruptedException {
        Newspaper paper = Newspaper.of(seed, READERS, clock.instant());
        Simulation simulation = new Simulation(client, paper, clock, run);
        simulation.publish();
        simulation.lookAround();
        long headBefore = books.head();
        long trainedBefore = books.newestModel().model().totals().events();
        long start = System.nanoTime();
        List<Thread> readers = simulation.start(seed, eventsPerSecond);
        for (int i = 1; i <= seconds; i++) {
            Thread.sleep(Duration.ofSeconds(1));
            second.accept(i);
        }
        simulation.stop();
        for (Thread reader : readers) {
            reader.join();
        }
        double took = (System.nanoTime() - start) / 1e9;
        drain(simulation, books, trainedBefore);
        Reckoning reckoning =
                Reckoning.of(
                        simulation.ledger(),
                        books.ownersByEvent(),
                        trainedBefore,
                        books.newestModel().model().totals().events(),
                        books.versionsAfter(headBefore),
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
                simulation.versions().newest());
    }

    /**
     * Waits until the model has learned as much as was accepted and an answer shows it, or until
     * the time is up; what is missing then is counted as lost.
     */
    private static void drain(Simulation simulation, Books books, long trainedBefore)
            throws InterruptedException {
        long giveUp = System.nanoTime() + LONGEST_DRAIN.toNanos();
        long expected = trainedBefore + simulation.ledger().training();
        while (System.nanoTime() < giveUp) {
            if (books.newestModel().model().totals().events() >= expected) {
                break;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        simulation.awaitVersion(books.head(), Duration.ofSeconds(10));
    }
}
