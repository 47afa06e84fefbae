package dev.freshet.bench;

import dev.freshet.bench.function.FunctionProcess;
import dev.freshet.console.CommandException;
import dev.freshet.local.function.Invocation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * Cold starts of a function as in Lambda, one new process at a time, each with one request waiting:
 * from the start of the process, or from the restore of a snapshot (SnapStart). A process cannot be
 * restored here: what is measured is the part after the memory is back, from Lambda's answer to
 * {@code restore/next} on.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514: Ahead-of-Time Command-Line Ergonomics</a>
 */
final class ColdStart {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration MAX_BEFORE_SNAPSHOT = Duration.ofSeconds(130);

    private ColdStart() {}

    /**
     * Durations since the start of the process, or since its restore.
     *
     * @param ready until the process requested its first invocation, that is until its
     *     initialisation or its hooks were complete
     * @param answered until its first answer arrived
     * @param worked processor time used meanwhile, on all processors, which other load hardly
     *     distorts; zero if the system does not report it
     */
    record Times(Duration ready, Duration answered, Duration worked) {}

    /**
     * Runs one process to its first answer, and ends it: from its start, or, where the function has
     * SnapStart, from its restore.
     *
     * @param frozen run between snapshot and restore, to end the connections of the process
     * @throws CommandException if the answer is not valid for the measurement
     */
    static Times run(
            FunctionProcess.Setup setup,
            Runnable frozen,
            String event,
            String requestId,
            InstantSource clock)
            throws InterruptedException {
        try (FunctionProcess process = FunctionProcess.start(setup, clock)) {
            long from = process.startNanos();
            Duration workedBefore = Duration.ZERO;
            if (setup.function().snapStart()) {
                process.awaitSnapshot(MAX_BEFORE_SNAPSHOT);
                frozen.run();
                workedBefore = process.processorTime();
                from = System.nanoTime();
                process.api().restore();
            }
            CompletableFuture<Long> ready =
                    process.api().initialised().thenApply(first -> System.nanoTime());
            Invocation outcome = process.invoke(event, requestId, MOST);
            long answered = System.nanoTime();
            Duration worked = process.processorTime().minus(workedBefore);
            FirstAnswer.fault(outcome)
                    .ifPresent(
                            fault -> {
                                throw new CommandException(
                                        "The start is not valid for the measurement: "
                                                + fault
                                                + ".");
                            });
            return new Times(
                    Duration.ofNanos(ready.join() - from),
                    Duration.ofNanos(answered - from),
                    worked);
        }
    }
}
