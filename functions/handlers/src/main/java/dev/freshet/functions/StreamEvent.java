package dev.freshet.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.StreamArn;
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
 * The event that Lambda's event source mapping of a Kinesis stream passes to a function, and the
 * response that it expects.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">Reporting
 *     batch item failures</a>
 */
public final class StreamEvent {
    /** Maximum length of a string: a record has at most 1 MiB, and a third more in base64. */
    private static final int MAX_TEXT = 2 << 20;

    /** Reads events of the records of a stream, whatever function they are passed to. */
    static final ObjectMapper MAPPER =
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
     * @throws IOException if the input is not such an event; no record can be reported as
     *     unfinished then, so the whole invocation fails
     */
    public static List<StreamRecord> read(InputStream in) throws IOException {
        JsonNode records = MAPPER.readTree(in).path("Records");
        if (!records.isArray()) {
            throw new IOException("not a Kinesis event: Records is missing");
        }
        List<StreamRecord> batch = new ArrayList<>(records.size());
        for (JsonNode record : records) {
            batch.add(record(record));
        }
        batch.sort(Comparator.comparing(StreamRecord::position));
        return batch;
    }

    /**
     * Writes the response, with the lowest record to be delivered again; the mapping delivers all
     * records from there on again.
     *
     * @param unfinished empty if all records are finished
     */
    public static void answer(Optional<ShardPosition> unfinished, OutputStream out)
            throws IOException {
        ObjectNode answer = MAPPER.createObjectNode();
        ArrayNode failures = answer.putArray("batchItemFailures");
        unfinished.ifPresent(
                first -> failures.addObject().put("itemIdentifier", first.sequence().toString()));
        MAPPER.writeValue(out, answer);
    }

    private static StreamRecord record(JsonNode record) throws IOException {
        JsonNode kinesis = record.path("kinesis");
        String sequence = kinesis.path("sequenceNumber").asText();
        String eventId = record.path("eventID").asText();
        String stream = StreamArn.streamName(record.path("eventSourceARN").asText()).orElse("");
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
