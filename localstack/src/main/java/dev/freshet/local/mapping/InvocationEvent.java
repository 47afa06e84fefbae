package dev.freshet.local.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/** Writer of the payload of an invocation: Lambda's event for Kinesis. */
public final class InvocationEvent {

    private static final JsonFactory JSON = new JsonFactory();

    private InvocationEvent() {}

    /**
     * Returns the event for one batch.
     *
     * @param streamArn value of {@code eventSourceARN}
     * @param region value of {@code awsRegion}
     */
    public static String write(ShardBatch batch, String shard, String streamArn, String region) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("Records");
            for (ShardRecord record : batch.records()) {
                write(json, record, shard, streamArn, region);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(
            JsonGenerator json, ShardRecord record, String shard, String streamArn, String region)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("kinesis");
        json.writeStringField("kinesisSchemaVersion", "1.0");
        json.writeStringField("partitionKey", record.partitionKey());
        json.writeStringField("sequenceNumber", record.sequenceNumber().toString());
        json.writeStringField("data", record.data());
        json.writeNumberField(
                "approximateArrivalTimestamp",
                BigDecimal.valueOf(record.arrivedAt().toEpochMilli(), 3));
        json.writeEndObject();
        json.writeStringField("eventSource", "aws:kinesis");
        json.writeStringField("eventVersion", "1.0");
        json.writeStringField("eventID", shard + ":" + record.sequenceNumber());
        json.writeStringField("eventName", "aws:kinesis:record");
        json.writeStringField("invokeIdentityArn", "arn:aws:iam::000000000000:role/local");
        json.writeStringField("awsRegion", region);
        json.writeStringField("eventSourceARN", streamArn);
        json.writeEndObject();
    }
}
