package dev.freshet.local;

import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells when training has stopped for good, because objects of the model log are damaged or
 * missing. Nothing else would: the trainer retries, events wait in the stream, and lists stay as
 * they were. Looks when it is started, whenever invocations of the trainer have failed since the
 * last look, and while training is stopped, until a replay has made a new model.
 */
final class TrainingWatch implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

    private final Supplier<Optional<String>> stop;
    private final Consumer<String> messages;
    private final Thread thread;
    private volatile Optional<String> problem = Optional.empty();

    /**
     * Starts to watch.
     *
     * @param failures returns how many invocations of the trainer have failed
     * @param stop reads the model log and returns why training cannot go on, if it cannot
     * @param messages receives the sentence when training stops, and one when it goes on
     */
    TrainingWatch(
            LongSupplier failures, Supplier<Optional<String>> stop, Consumer<String> messages) {
        this.stop = stop;
        this.messages = messages;
        thread = Thread.startVirtualThread(() -> watch(failures));
    }

    /** Returns why training is stopped and what to do; empty while it goes on. */
    Optional<String> problem() {
        return problem;
    }

    private void watch(LongSupplier failures) {
        try {
            for (long seen = -1; ; Thread.sleep(BETWEEN_LOOKS)) {
                long failed = failures.getAsLong();
                if (failed != seen || problem.isPresent()) {
                    look();
                }
                seen = failed;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Optional<String> found = stop.get();
            if (found.isPresent() != problem.isPresent()) {
                messages.accept(found.orElse("Training goes on."));
            }
            problem = found;
        } catch (StoreUnavailableException unanswered) {
            messages.accept("The model log cannot be looked at (" + unanswered + ").");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
