package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.training.Compaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of every minute: snapshots of the model, and what the model missed of the catalogue.
 */
public final class CompactHandler extends LoggedHandler {
    private final Compaction compaction;
    private final Metrics metrics;

    public CompactHandler() {
        this(Settings.fromEnvironment());
    }

    public CompactHandler(Settings settings) {
        this(new Wiring(settings));
    }

    private CompactHandler(Wiring wiring) {
        this(wiring.compaction(), wiring.metrics());
    }

    CompactHandler(Compaction compaction, Metrics metrics) {
        this.compaction = compaction;
        this.metrics = metrics;
    }

    /**
     * Throws when a store does not answer: the invocation counts as an error, and the next minute
     * does the rest.
     */
    @Override
    synchronized void work(InputStream in, OutputStream out, @Nullable Context context)
            throws IOException {
        Compaction.Outcome outcome = compaction.run();
        metrics.line()
                .count("Snapshots", outcome.snapshot() > 0 ? 1 : 0)
                .bytes("SnapshotBytes", outcome.snapshotBytes())
                .count("ItemsToldAgain", outcome.resent())
                .count("ObjectsSwept", outcome.objectsRemoved())
                .write();
        out.write(
                "{\"version\":%d,\"snapshot\":%d,\"told\":%d}"
                        .formatted(outcome.version(), outcome.snapshot(), outcome.resent())
                        .getBytes(StandardCharsets.UTF_8));
    }
}
