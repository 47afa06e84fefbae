package dev.freshet.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What Lambda's event source mapping of a Kinesis stream passes, and what it takes for an answer.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">Reporting
 *     batch item failures</a>
 */
public final class StreamEvent {
    /** A record has at most 1 MiB, a third more in base64. */
    private static final int MAX_TEXT = 2 << 20;

    private static final ObjectMapper MAPPER =
            new ObjectMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxStringLength(MAX_TEXT)
                                            .build())
                            .build());

    private StreamEvent() {}

    /**
     * Reads a batch, in ascending sequence.
     *
     * @throws IOException if this is no such event: nothing of it can be told apart, so the whole
     *     invocation fails
     */
    public static List<StreamRecord> read(InputStream in) throws IOException {
        JsonNode records = MAPPER.readTree(in).path("Records");
        if (!records.isArray()) {
            throw new IOException("not a Kinesis event: it has no Records");
        }
        List<StreamRecord> batch = new ArrayList<>(records.size());
        for (JsonNode record : records) {
            batch.add(record(record));
        }
        batch.sort(Comparator.comparing(StreamRecord::position));
        return batch;
    }

    /**
     * Answers with the lowest record that has to come again, from which on the mapping delivers
     * anew.
     */
    public static void answer(Optional<ShardPosition> unfinished, OutputStream out)
            throws IOException {
        try (JsonGenerator json = MAPPER.getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("batchItemFailures");
            if (unfinished.isPresent()) {
                json.writeStartObject();
                json.writeStringField("itemIdentifier", unfinished.get().sequence().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static StreamRecord record(JsonNode record) throws IOException {
        JsonNode kinesis = record.path("kinesis");
        String sequence = kinesis.path("sequenceNumber").asText();
        String eventId = record.path("eventID").asText();
        String stream =
                record.path("eventSourceARN").asText().replaceFirst(".*:stream/([^/]+).*", "$1");
        int colon = eventId.indexOf(':');
        if (sequence.isEmpty() || stream.isEmpty() || colon < 1) {
            throw new IOException("not a Kinesis record: its position is missing");
        }
        return new StreamRecord(
                new ShardPosition(
                        stream + "/" + eventId.substring(0, colon), new BigInteger(sequence)),
                kinesis.path("partitionKey").asText(),
                kinesis.path("data").binaryValue(),
                Instant.ofEpochMilli(
                        Math.round(
                                kinesis.path("approximateArrivalTimestamp").asDouble() * 1_000)));
    }
}
