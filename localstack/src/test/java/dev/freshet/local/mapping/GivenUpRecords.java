package dev.freshet.local.mapping;

import dev.freshet.event.ShardPosition;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Writer of invocation records in the form in which a mapping stores a batch that it gives up. */
public final class GivenUpRecords {
    private static final String SHARD = "shardId-000000000000";

    private GivenUpRecords() {}

    /**
     * Stores one invocation record with a record for each text; returns their positions in order.
     */
    public static List<ShardPosition> keep(
            Destination destination, String stream, Instant at, String... texts) {
        List<ShardRecord> records = new ArrayList<>();
        List<ShardPosition> positions = new ArrayList<>();
        for (String text : texts) {
            BigInteger sequence =
                    BigInteger.TEN.pow(55).add(BigInteger.valueOf(records.size() + 1L));
            String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            records.add(new ShardRecord(sequence, "user", data, at));
            positions.add(new ShardPosition(stream + "/" + SHARD, sequence));
        }
        ShardBatch batch = new ShardBatch(records, 3);
        String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/" + stream;
        Action.GiveUp giveUp =
                new Action.GiveUp(0, batch, Action.Condition.RETRY_ATTEMPTS_EXHAUSTED);
        destination.keep(
                new Destination.Notice("mapping", SHARD, at, "id-1"),
                InvocationRecord.write(
                        giveUp,
                        SHARD,
                        arn,
                        "arn:function",
                        InvocationEvent.write(batch, SHARD, arn, "us-east-1"),
                        "request",
                        at));
        return positions;
    }
}
