package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.training.Compaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The function that writes snapshots of the model. The trainer invokes it each 32 versions; a
 * schedule invokes it every hour, and then it also adds changes of the catalogue that the model has
 * missed, and removes objects of the log that are not needed any more.
 */
public final class CompactHandler extends LoggedHandler {
    /** The source of an event that EventBridge sends by a schedule. */
    private static final String SCHEDULE = "aws.events";

    private final Compaction compaction;
    private final Metrics metrics;

    public CompactHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public CompactHandler(Wiring wiring) {
        this(wiring.compaction(), wiring.metrics());
    }

    CompactHandler(Compaction compaction, Metrics metrics) {
        this.compaction = compaction;
        this.metrics = metrics;
    }

    /**
     * Runs one compaction. It throws if a store does not respond; the invocation then counts as an
     * error, and the next one does the rest.
     */
    @Override
    synchronized void work(InputStream in, OutputStream out, @Nullable Context context)
            throws IOException {
        boolean scheduled = HttpRequest.event(in).path("source").asText().equals(SCHEDULE);
        Compaction.Outcome outcome = scheduled ? compaction.run() : compaction.runForVersions();
        metrics.line()
                .add(MetricName.SNAPSHOTS, outcome.snapshot() > 0 ? 1 : 0)
                .add(MetricName.SNAPSHOT_BYTES, outcome.snapshotBytes())
                .add(MetricName.ITEMS_RESENT, outcome.resent())
                .add(MetricName.OBJECTS_REMOVED, outcome.objectsRemoved())
                .write();
        out.write(
                "{\"version\":%d,\"snapshot\":%d,\"itemsResent\":%d}"
                        .formatted(outcome.version(), outcome.snapshot(), outcome.resent())
                        .getBytes(StandardCharsets.UTF_8));
    }
}
