package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import dev.freshet.aws.Settings;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.functions.runtime.StreamConsumers.FeaturesConsumer;
import dev.freshet.functions.runtime.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The function that processes the {@code events} stream into rows and examples. */
public final class FeaturesHandler extends LoggedHandler {
    private final FeaturesConsumer consumer;
    private final InstantSource clock;

    public FeaturesHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public FeaturesHandler(Wiring wiring) {
        this(wiring.featuresConsumer(), wiring.clock());
    }

    FeaturesHandler(FeaturesConsumer consumer, InstantSource clock) {
        this.consumer = consumer;
        this.clock = clock;
    }

    @Override
    void work(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        Instant start = clock.instant();
        List<StreamRecord> batch = StreamEvent.read(in);
        Optional<ShardPosition> unfinished =
                consumer.take(batch, start, start.plus(workingTime(context)));
        StreamEvent.answer(unfinished, out);
    }
}
