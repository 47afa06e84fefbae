package dev.freshet.cli.accept;

import dev.freshet.cli.accept.StackCheck.Outcome;
import dev.freshet.cli.accept.StackCheck.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A run of checks, which removes what it made also where it is stopped. */
final class Acceptance {
    /** The longest time that a stopped run takes to clean up. */
    static final Duration CLEANED = Duration.ofMinutes(5);

    static final int FAILED = 1;
    static final int NOT_CLEAN = 3;

    private final List<Result> results = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Consumer<String> tell;
    private final Thread runner = Thread.currentThread();
    private boolean clean = true;
    private boolean stopped;

    /**
     * Creates a run in the thread that calls it.
     *
     * @param tell receives a line for each check
     */
    Acceptance(Consumer<String> tell) {
        this.tell = tell;
    }

    /** Returns all checks, in their order. */
    static List<StackCheck> checks() {
        return Stream.of(
                        AwsChecks.ofStack(),
                        ApiChecks.all(),
                        EventChecks.all(),
                        AwsChecks.ofFaults(),
                        OptionChecks.all())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Runs checks and removes what they made.
     *
     * @param keep whether it stays
     */
    void run(List<StackCheck> checks, Trial trial, boolean keep) {
        try {
            for (StackCheck check : checks) {
                add(check.run(trial));
            }
        } catch (InterruptedException asked) {
            stopped = true;
        }
        try {
            for (StackCheck check : keep ? List.<StackCheck>of() : CleanUp.all()) {
                cleanUp(check, trial);
            }
        } finally {
            ended.countDown();
        }
    }

    private void cleanUp(StackCheck check, Trial trial) {
        try {
            Result result = check.run(trial);
            clean &= result.outcome() != Outcome.FAIL;
            add(result);
        } catch (InterruptedException askedAgain) {
            clean = false;
            tell.accept(
                    "FAIL %s interrupted; left is what begins with %s"
                            .formatted(check.id(), trial.run));
        }
    }

    private void add(Result result) {
        results.add(result);
        tell.accept(result.line());
    }

    /** Stops the run from another thread, and waits until it has cleaned up. */
    void stop() {
        if (ended.getCount() > 0) {
            runner.interrupt();
        }
        try {
            if (!ended.await(CLEANED.toSeconds(), TimeUnit.SECONDS)) {
                tell.accept("The run was not cleaned up in " + CLEANED.toMinutes() + " minutes.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the results so far, in the order of the checks. */
    List<Result> results() {
        return List.copyOf(results);
    }

    /** Returns how many checks ended in a way. */
    long count(Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    /** Returns the exit code. */
    int exitCode() {
        if (!clean) {
            return NOT_CLEAN;
        }
        return stopped || count(Outcome.FAIL) > 0 ? FAILED : 0;
    }
}
