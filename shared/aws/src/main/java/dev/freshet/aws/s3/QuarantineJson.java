package dev.freshet.aws.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.aws.StreamArn;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.Quarantine.Entry;
import dev.freshet.features.Quarantine.Settlement;
import dev.freshet.features.Quarantine.Settling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** JSON encoding of the objects in the quarantine bucket. */
final class QuarantineJson {
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private QuarantineJson() {}

    static byte[] entry(Entry entry) {
        return bytes(
                JSON.createObjectNode()
                        .put("format", FORMAT)
                        .put("shard", entry.position().shard())
                        .put("sequence", entry.position().sequence().toString())
                        .put("partitionKey", entry.partitionKey())
                        .put("reason", entry.reason())
                        .put("at", entry.at().toString())
                        .put("payload", entry.payload()));
    }

    static Entry entry(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return new Entry(
                    new ShardPosition(
                            json.required("shard").textValue(),
                            new BigInteger(json.required("sequence").textValue())),
                    json.required("partitionKey").textValue(),
                    json.required("reason").textValue(),
                    Instant.parse(json.required("at").textValue()),
                    json.required("payload").binaryValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Encodes the note that remains of a settled entry. It has neither partition key nor payload,
     * so it identifies no user.
     */
    static byte[] note(Entry entry, Settlement settlement) {
        return bytes(
                JSON.createObjectNode()
                        .put("format", FORMAT)
                        .put("shard", entry.position().shard())
                        .put("sequence", entry.position().sequence().toString())
                        .put("reason", entry.reason())
                        .put("at", entry.at().toString())
                        .put("settled", settlement.how().name().toLowerCase(Locale.ROOT))
                        .put("settledAt", settlement.at().toString()));
    }

    static Settlement note(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return new Settlement(
                    Settling.valueOf(json.required("settled").textValue().toUpperCase(Locale.ROOT)),
                    Instant.parse(json.required("settledAt").textValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Decodes the records of a batch that an event source mapping gave up.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">
     *     Retaining discarded batch records</a>
     */
    static List<Entry> invocation(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            JsonNode payload = json.path("payload");
            JsonNode event = payload.isTextual() ? JSON.readTree(payload.textValue()) : payload;
            Instant at = Instant.parse(json.required("timestamp").textValue());
            JsonNode context = json.path("requestContext");
            String reason =
                    "given-up: The event source mapping gave up a batch of %d (%s) after %d attempts."
                            .formatted(
                                    json.path("KinesisBatchInfo").path("batchSize").asInt(),
                                    context.path("condition").asText("no condition given"),
                                    context.path("approximateInvokeCount").asInt());
            List<Entry> entries = new ArrayList<>();
            for (JsonNode record : event.path("Records")) {
                entries.add(record(record, reason, at));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry record(JsonNode record, String reason, Instant at) throws IOException {
        JsonNode kinesis = record.path("kinesis");
        String stream =
                StreamArn.streamName(record.path("eventSourceARN").asText())
                        .orElseThrow(() -> new IOException("a record without a stream"));
        String shard = record.path("eventID").asText().replaceFirst(":.*", "");
        return new Entry(
                new ShardPosition(
                        stream + "/" + shard,
                        new BigInteger(kinesis.required("sequenceNumber").textValue())),
                kinesis.required("partitionKey").textValue(),
                reason,
                at,
                kinesis.required("data").binaryValue());
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
