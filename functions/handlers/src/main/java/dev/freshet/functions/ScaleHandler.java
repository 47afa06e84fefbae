package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.store.ShardScalingFlow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The function that looks after the number of shards of the events, every minute. It is not needed
 * where streams are emulated, because emulators take what comes.
 */
public final class ScaleHandler extends LoggedHandler {
    private final Optional<ShardScalingFlow> flow;

    public ScaleHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public ScaleHandler(Wiring wiring) {
        this(wiring.shardScaling());
    }

    ScaleHandler(Optional<ShardScalingFlow> flow) {
        this.flow = flow;
    }

    /**
     * Decides once. It throws if a store does not respond; the invocation then counts as an error,
     * and the next one decides.
     */
    @Override
    void work(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        String shards = flow.map(events -> String.valueOf(events.look())).orElse("null");
        out.write("{\"shards\":%s}".formatted(shards).getBytes(StandardCharsets.UTF_8));
    }
}
