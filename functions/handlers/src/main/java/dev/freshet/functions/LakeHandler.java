package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Settings;
import dev.freshet.aws.StreamArn;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.functions.LakeHandler.DeliveryEvent.Delivered;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.lake.ItemsCopy;
import dev.freshet.lake.LakeFlow;
import dev.freshet.lake.LakeRedrive;
import dev.freshet.lake.LakeRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(LakeHandler.class);

    private final LakeFlow flow;
    private final Supplier<LakeRedrive> redrive;
    private final Supplier<ItemsCopy> items;
    private final Metrics metrics;
    private final InstantSource clock;

    public LakeHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public LakeHandler(Wiring wiring) {
        LakeFlow flow = wiring.lake();
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
        Duration time = workingTime(context);
        Instant deadline = clock.instant().plus(time.compareTo(PATIENCE) < 0 ? time : PATIENCE);
        JsonNode event = StreamEvent.MAPPER.readTree(in);
        if (event.path("redrive").asBoolean()) {
            LakeRedrive.Result result = redrive.get().run(deadline);
            if (!result.codes().isEmpty()) {
                LOG.warn(
                        "The delivery had given up records, which are taken again: {}",
                        result.codes());
            }
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

    /**
     * The request that Firehose sends to a function that transforms the records of a Kinesis
     * stream, and the response that it expects: one record for each, under its id.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html">Transform
     *     source data</a>
     */
    static final class DeliveryEvent {
        /** The greatest response, in bytes: Lambda passes on 6 MB at most. */
        static final int MAX_BYTES = 6_000_000;

        /** Most bytes of a record's member names, result and punctuation. */
        private static final int ENVELOPE = 80;

        private static final JsonFactory JSON = new JsonFactory();

        private DeliveryEvent() {}

        /**
         * A record with the id under which it is to be answered.
         *
         * @param id as Firehose sent it
         */
        record Delivered(String id, StreamRecord record) {}

        /**
         * Reads a request.
         *
         * @throws IOException if it is not one of records of a Kinesis stream
         */
        static List<Delivered> read(JsonNode event) throws IOException {
            String stream =
                    StreamArn.streamName(event.path("sourceKinesisStreamArn").asText()).orElse("");
            List<Delivered> records = new ArrayList<>();
            for (JsonNode record : event.path("records")) {
                JsonNode metadata = record.path("kinesisRecordMetadata");
                String sequence = metadata.path("sequenceNumber").asText();
                if (stream.isEmpty() || sequence.isEmpty()) {
                    throw new IOException(
                            "not a record of a Kinesis stream: its position is missing");
                }
                records.add(
                        new Delivered(
                                record.path("recordId").asText(),
                                new StreamRecord(
                                        new ShardPosition(
                                                stream + "/" + metadata.path("shardId").asText(),
                                                new BigInteger(sequence)),
                                        metadata.path("partitionKey").asText(),
                                        record.path("data").binaryValue(),
                                        Instant.ofEpochMilli(
                                                metadata.path("approximateArrivalTimestamp")
                                                        .asLong()))));
            }
            return records;
        }

        /**
         * What was answered.
         *
         * @param rows records with a row
         * @param dropped records that leave no row
         * @param unfit records whose row did not fit into the response: Firehose gives them up, and
         *     they are taken again from there
         */
        record Answer(int rows, int dropped, int unfit) {}

        /** Writes the response. */
        static Answer answer(
                List<Delivered> records, List<LakeFlow.Transformed> transformed, OutputStream out)
                throws IOException {
            int rows = 0;
            int dropped = 0;
            int unfit = 0;
            long room = MAX_BYTES;
            for (Delivered record : records) {
                room -= record.id().length() + ENVELOPE;
            }
            try (JsonGenerator json = JSON.createGenerator(out)) {
                json.writeStartObject();
                json.writeArrayFieldStart("records");
                for (int i = 0; i < records.size(); i++) {
                    json.writeStartObject();
                    json.writeStringField("recordId", records.get(i).id());
                    switch (transformed.get(i)) {
                        case LakeFlow.Kept(LakeRow row) -> {
                            String data = Base64.getEncoder().encodeToString(row.line());
                            if (data.length() <= room) {
                                room -= data.length();
                                json.writeStringField("result", "Ok");
                                json.writeStringField("data", data);
                                rows++;
                            } else {
                                json.writeStringField("result", "ProcessingFailed");
                                unfit++;
                            }
                        }
                        case LakeFlow.Dropped ignored -> {
                            json.writeStringField("result", "Dropped");
                            dropped++;
                        }
                    }
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            return new Answer(rows, dropped, unfit);
        }
    }
}
