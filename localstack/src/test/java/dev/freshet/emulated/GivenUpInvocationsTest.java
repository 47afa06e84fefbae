package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.s3.S3Quarantine;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.Quarantine;
import dev.freshet.features.Quarantine.Entry;
import dev.freshet.features.Quarantine.Settling;
import dev.freshet.local.mapping.Destination;
import dev.freshet.local.mapping.InvocationEvent;
import dev.freshet.local.mapping.ShardBatch;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.ShardMachine.Action;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** Reading of the records that an event source mapping gave up, by the quarantine. */
class GivenUpInvocationsTest {
    private static final String BUCKET = "given-up";
    private static final String SHARD = "shardId-000000000000";
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07Z");

    private final S3Client s3 = EmulatedAws.clients().s3();

    @Test
    void eachRecordOfAnInvocationIsAnEntryAndTheObjectGoesWhenAllAreSettled() {
        s3.createBucket(r -> r.bucket(BUCKET));
        S3Quarantine quarantine = new S3Quarantine(s3, BUCKET);
        List<ShardPosition> positions =
                keep(Destination.bucket(s3, BUCKET), "events", NOW, "one", "two");
        quarantine.put(new Entry(positions.get(1), "r", "threw: It threw.", NOW, new byte[] {1}));

        List<Entry> open = open(quarantine);
        assertThat(open).extracting(Entry::position).containsExactlyInAnyOrderElementsOf(positions);
        Entry first =
                open.stream()
                        .filter(entry -> entry.position().equals(positions.getFirst()))
                        .findFirst()
                        .orElseThrow();
        assertThat(first.reason()).startsWith("given-up: ").contains("RetryAttemptsExhausted");
        assertThat(first.payload()).asString().isEqualTo("one");
        assertThat(first.partitionKey()).isEqualTo("user");

        quarantine.settle(first, Settling.RETRIED, NOW);
        assertThat(quarantine.tidy()).isZero();
        assertThat(open(quarantine)).extracting(Entry::position).containsExactly(positions.get(1));

        open(quarantine).forEach(entry -> quarantine.settle(entry, Settling.DROPPED, NOW));
        assertThat(quarantine.tidy()).isEqualTo(1);
        assertThat(open(quarantine)).isEmpty();
        assertThat(s3.listObjectsV2(r -> r.bucket(BUCKET).prefix("aws/")).contents()).isEmpty();
    }

    @Test
    void anErasedRecordLeavesNoObjectAndTheOthersOfItsBatchStayAsEntries() {
        String bucket = BUCKET + "-erased";
        s3.createBucket(r -> r.bucket(bucket));
        S3Quarantine quarantine = new S3Quarantine(s3, bucket);
        List<ShardPosition> positions =
                keep(Destination.bucket(s3, bucket), "events", NOW, "one", "two");

        Quarantine.Erased erased =
                quarantine.erase(
                        entry ->
                                Optional.of(entry)
                                        .filter(e -> !e.position().equals(positions.getFirst())),
                        () -> true,
                        NOW);

        assertThat(erased).isEqualTo(new Quarantine.Erased(1, 0, true));
        assertThat(open(quarantine))
                .singleElement()
                .satisfies(entry -> assertThat(entry.payload()).asString().isEqualTo("two"));
        assertThat(s3.listObjectsV2(r -> r.bucket(bucket).prefix("aws/")).contents()).isEmpty();
    }

    private static List<Entry> open(S3Quarantine quarantine) {
        List<Entry> all = new ArrayList<>();
        quarantine.forEachOpen(all::add);
        return all;
    }

    /**
     * Stores one invocation record with a record for each text; returns their positions in order.
     */
    private static List<ShardPosition> keep(
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
                InvocationEvent.givenUp(
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
