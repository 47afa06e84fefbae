package dev.freshet.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.StreamArn;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.lake.LakeFlow;
import dev.freshet.lake.LakeRow;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The request that Firehose sends to a function that transforms the records of a Kinesis stream,
 * and the response that it expects: one record for each, under its id.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html">Transform
 *     source data</a>
 */
final class DeliveryEvent {
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
                throw new IOException("not a record of a Kinesis stream: its position is missing");
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
