package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Settings;
import dev.freshet.functions.DeliveryEvent.Delivered;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.lake.ItemsCopy;
import dev.freshet.lake.LakeFlow;
import dev.freshet.lake.LakeRedrive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The function that transforms records of {@code events} into rows of the lake. Firehose invokes it
 * with a batch; the nightly state machine invokes it with {@code {"redrive": true}} to take again
 * what the delivery gave up, and with {@code {"items": {"part": 0, "after": ""}}} to copy the
 * catalogue.
 *
 * <p>A store that does not answer is waited for: Firehose gives up the records of an invocation
 * that fails a few times.
 */
public final class LakeHandler extends LoggedHandler {
    /**
     * The longest wait for a store, less than the five minutes that Firehose waits for an answer.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final LakeFlow flow;
    private final Supplier<LakeRedrive> redrive;
    private final Supplier<ItemsCopy> items;
    private final Metrics metrics;
    private final InstantSource clock;

    public LakeHandler() {
        this(Settings.fromEnvironment());
    }

    public LakeHandler(Settings settings) {
        this(new Wiring(settings));
    }

    private LakeHandler(Wiring wiring) {
        this(wiring, wiring.lake());
    }

    private LakeHandler(Wiring wiring, LakeFlow flow) {
        this(
                flow,
                () -> wiring.lakeRedrive(flow),
                wiring::itemsCopy,
                wiring.metrics(),
                wiring.clock());
    }

    /**
     * Creates the function over its flow.
     *
     * @param redrive takes again what the delivery gave up
     * @param items copies the catalogue
     */
    public LakeHandler(
            LakeFlow flow,
            Supplier<LakeRedrive> redrive,
            Supplier<ItemsCopy> items,
            Metrics metrics,
            InstantSource clock) {
        this.flow = flow;
        this.redrive = redrive;
        this.items = items;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    void work(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        Duration time = WorkingTime.workingTime(context);
        Instant deadline = clock.instant().plus(time.compareTo(PATIENCE) < 0 ? time : PATIENCE);
        JsonNode event = StreamEvent.MAPPER.readTree(in);
        if (event.path("redrive").asBoolean()) {
            LakeRedrive.Result result = redrive.get().run(deadline);
            measure(result.rows(), result.dropped(), 0);
            metrics.line()
                    .add(MetricName.LAKE_ASTRAY, result.objects() + result.unreadable())
                    .write();
            StreamEvent.MAPPER.writeValue(out, result);
        } else if (event.has("items")) {
            JsonNode from = event.path("items");
            StreamEvent.MAPPER.writeValue(
                    out,
                    items.get()
                            .run(
                                    new ItemsCopy.Progress(
                                            from.path("part").asInt(),
                                            from.path("after").asText(),
                                            0),
                                    deadline));
        } else {
            List<Delivered> records = DeliveryEvent.read(event);
            List<LakeFlow.Transformed> transformed =
                    flow.transform(records.stream().map(Delivered::record).toList(), deadline);
            DeliveryEvent.Answer answer = DeliveryEvent.answer(records, transformed, out);
            measure(answer.rows(), answer.dropped(), answer.unfit());
        }
    }

    private void measure(int rows, int dropped, int unfit) {
        metrics.line()
                .add(MetricName.LAKE_ROWS, rows)
                .add(MetricName.LAKE_DROPPED, dropped)
                .add(MetricName.LAKE_UNFIT, unfit)
                .write();
    }
}
