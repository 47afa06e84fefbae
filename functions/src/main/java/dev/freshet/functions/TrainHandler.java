package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import dev.freshet.event.ShardPosition;
import dev.freshet.storage.Settings;
import dev.freshet.stream.StreamRecord;
import dev.freshet.stream.TrainingFlow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code examples} stream: the next version of the model. Runs with a reserved concurrency of
 * one.
 */
public final class TrainHandler extends LoggedHandler {
    private final TrainingFlow flow;
    private final Metrics metrics;
    private final InstantSource clock;

    public TrainHandler() {
        this(Settings.fromEnvironment());
    }

    public TrainHandler(Settings settings) {
        this(new Wiring(settings));
    }

    TrainHandler(Wiring wiring) {
        this(wiring.training(), wiring.metrics(), wiring.clock());
    }

    TrainHandler(TrainingFlow flow, Metrics metrics, InstantSource clock) {
        this.flow = flow;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    synchronized void work(InputStream in, OutputStream out, @Nullable Context context)
            throws IOException {
        Instant start = clock.instant();
        StreamEvent.answer(take(StreamEvent.read(in), start), out);
    }

    /** Takes and measures a batch; see {@link TrainingFlow#take}. */
    synchronized Optional<ShardPosition> take(List<StreamRecord> batch, Instant start) {
        TrainingFlow.Outcome outcome = flow.take(batch);
        metrics.line()
                .milliseconds(
                        "TrainMs", Math.max(0, Duration.between(start, clock.instant()).toMillis()))
                .count("ExamplesApplied", outcome.applied())
                .count("ExamplesSkipped", outcome.skipped())
                .count("Quarantined", outcome.quarantined())
                .count("AppendAttempts", outcome.attempts())
                .count("TrendsWaiting", outcome.trendsWaiting())
                .count("UnfinishedBatches", outcome.unfinished().isPresent() ? 1 : 0)
                .saying("version", outcome.version())
                .saying("traces", FeaturesHandler.digits(outcome.traces()))
                .write();
        return outcome.unfinished();
    }
}
