package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.TraceId;
import dev.freshet.storage.Settings;
import dev.freshet.stream.Effect;
import dev.freshet.stream.FeatureFlow;
import dev.freshet.stream.StreamRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code events} stream: rows and examples. */
public final class FeaturesHandler extends LoggedHandler {
    private final FeatureFlow flow;
    private final Metrics metrics;
    private final InstantSource clock;

    public FeaturesHandler() {
        this(Settings.fromEnvironment());
    }

    public FeaturesHandler(Settings settings) {
        this(new Wiring(settings));
    }

    FeaturesHandler(Wiring wiring) {
        this(wiring.features(), wiring.metrics(), wiring.clock());
    }

    FeaturesHandler(FeatureFlow flow, Metrics metrics, InstantSource clock) {
        this.flow = flow;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    void work(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        Instant start = clock.instant();
        List<StreamRecord> batch = StreamEvent.read(in);
        Optional<ShardPosition> unfinished =
                take(batch, start, start.plus(Invocation.workingTime(context)));
        StreamEvent.answer(unfinished, out);
    }

    /** Takes and measures a batch; see {@link FeatureFlow#take}. */
    Optional<ShardPosition> take(List<StreamRecord> batch, Instant start, Instant deadline) {
        FeatureFlow.Outcome outcome = flow.take(batch, deadline);
        measure(batch, outcome, start);
        return outcome.unfinished();
    }

    private void measure(List<StreamRecord> batch, FeatureFlow.Outcome outcome, Instant start) {
        Metrics.Line line =
                metrics.line()
                        .milliseconds("WriteFlowDelayMs", millis(start, outcome.rowsWritten()))
                        .count("Records", batch.size())
                        .count("Examples", outcome.emitted())
                        .count("Stored", outcome.count(Effect.STORED))
                        .count("Redelivered", outcome.count(Effect.REDELIVERED))
                        .count("Duplicates", outcome.count(Effect.DUPLICATE))
                        .count("WithoutConsent", outcome.count(Effect.WITHOUT_CONSENT))
                        .count("Erased", outcome.count(Effect.ERASED))
                        .count("Forgotten", outcome.count(Effect.FORGOTTEN))
                        .count("RetractionsOfNothing", outcome.count(Effect.NOTHING_TO_RETRACT))
                        .count("TakenBack", outcome.count(Effect.TAKEN_BACK))
                        .count("AliasesRefused", outcome.count(Effect.ALIAS_REFUSED))
                        .count("Quarantined", outcome.count(Effect.QUARANTINED))
                        .count("UnfinishedBatches", outcome.unfinished().isPresent() ? 1 : 0);
        line.saying("traces", digits(outcome.traces()));
        if (!batch.isEmpty()) {
            line.milliseconds(
                    "EventAgeMs", millis(batch.getFirst().arrivedAt(), outcome.rowsWritten()));
        }
        line.write();
    }

    static List<String> digits(List<TraceId> traces) {
        return traces.stream().map(TraceId::digits).toList();
    }

    private static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
