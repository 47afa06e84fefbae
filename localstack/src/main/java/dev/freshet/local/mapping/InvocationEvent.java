package dev.freshet.local.mapping;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.ShardMachine.Action;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Writer of Lambda's event for a batch of records of Kinesis, and of the invocation record that AWS
 * sends to an S3 destination for a batch that was given up, payload included.
 */
public final class InvocationEvent {
    private InvocationEvent() {}

    /**
     * Returns the event for one batch.
     *
     * @param streamArn value of {@code eventSourceARN}
     * @param region value of {@code awsRegion}
     */
    public static String write(ShardBatch batch, String shard, String streamArn, String region) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ArrayNode records = event.putArray("Records");
        for (ShardRecord record : batch.records()) {
            ObjectNode one = records.addObject();
            one.putObject("kinesis")
                    .put("kinesisSchemaVersion", "1.0")
                    .put("partitionKey", record.partitionKey())
                    .put("sequenceNumber", record.sequenceNumber().toString())
                    .put("data", record.data())
                    .put(
                            "approximateArrivalTimestamp",
                            BigDecimal.valueOf(record.arrivedAt().toEpochMilli(), 3));
            one.put("eventSource", "aws:kinesis")
                    .put("eventVersion", "1.0")
                    .put("eventID", shard + ":" + record.sequenceNumber())
                    .put("eventName", "aws:kinesis:record")
                    .put("invokeIdentityArn", "arn:aws:iam::000000000000:role/local")
                    .put("awsRegion", region)
                    .put("eventSourceARN", streamArn);
        }
        return event.toString();
    }

    /** Returns the invocation record of a batch that was given up. */
    public static String givenUp(
            Action.GiveUp giveUp,
            String shard,
            String streamArn,
            String functionArn,
            String payload,
            String requestId,
            Instant at) {
        ShardBatch batch = giveUp.batch();
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.putObject("requestContext")
                .put("requestId", requestId)
                .put("functionArn", functionArn)
                .put("condition", giveUp.condition().text())
                .put("approximateInvokeCount", batch.retries());
        record.putObject("responseContext")
                .put("statusCode", 200)
                .put("executedVersion", "$LATEST")
                .put("functionError", "Unhandled");
        record.put("version", "1.0").put("timestamp", at.toString());
        record.putObject("KinesisBatchInfo")
                .put("shardId", shard)
                .put("startSequenceNumber", batch.first().sequenceNumber().toString())
                .put("endSequenceNumber", batch.last().sequenceNumber().toString())
                .put("approximateArrivalOfFirstRecord", batch.first().arrivedAt().toString())
                .put("approximateArrivalOfLastRecord", batch.last().arrivedAt().toString())
                .put("batchSize", batch.size())
                .put("streamArn", streamArn);
        return record.put("payload", payload).toString();
    }
}
