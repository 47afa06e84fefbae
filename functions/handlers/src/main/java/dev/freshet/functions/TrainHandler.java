package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.StreamConsumers.TrainConsumer;
import dev.freshet.functions.runtime.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The function that processes the {@code examples} stream into the next version of the model. The
 * stream has one shard, of which one batch is processed at a time; if two invocations run at once
 * nevertheless, only one of them can store a version.
 */
public final class TrainHandler extends LoggedHandler {
    private final TrainConsumer consumer;
    private final InstantSource clock;

    public TrainHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public TrainHandler(Wiring wiring) {
        this(wiring.trainConsumer(), wiring.clock());
    }

    TrainHandler(TrainConsumer consumer, InstantSource clock) {
        this.consumer = consumer;
        this.clock = clock;
    }

    @Override
    void work(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        Instant start = clock.instant();
        StreamEvent.answer(consumer.take(StreamEvent.read(in), start), out);
    }
}
