package dev.freshet.local.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Writer of the invocation record that AWS sends to an S3 destination, payload included. */
final class InvocationRecord {

    private InvocationRecord() {}

    static String write(
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
        record.put("payload", payload);
        return record.toString();
    }
}
