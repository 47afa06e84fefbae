package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.demo.DeliveryAudit.VersionClock;
import dev.freshet.event.ShardPosition;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.log.ModelLog;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryAuditTest {
    private static final String SHARD = "events/shardId-000000000000";

    private final Ledger ledger = new Ledger();
    private final Map<String, List<ShardPosition>> rows = new HashMap<>();
    private final VersionClock seen = new VersionClock();

    @Test
    void anEventOnceInTheTableAndInTheModelIsNeitherLostNorDuplicated() {
        accepted("a", true, 1);
        accepted("b", false, 2);

        DeliveryAudit audit = reckon(10, 11);

        assertThat(audit.applied()).isEqualTo(2);
        assertThat(audit.lost()).isZero();
        assertThat(audit.duplicated()).isZero();
    }

    @Test
    void anAcceptedEventWithoutARowIsLost() {
        accepted("a", true, 1);
        rows.clear();

        assertThat(reckon(10, 11).lost()).isEqualTo(1);
    }

    @Test
    void anExampleThatTheModelLacksIsLost() {
        accepted("a", true, 1);

        assertThat(reckon(10, 10).lost()).isEqualTo(1);
    }

    @Test
    void anExampleLearnedTwiceIsDuplicated() {
        accepted("a", true, 1);

        assertThat(reckon(10, 12).duplicated()).isEqualTo(1);
    }

    @Test
    void aSecondRowOfAnEventIsDuplicated() {
        accepted("a", true, 1);
        rows.merge("a", List.of(at(9)), (one, more) -> List.of(one.getFirst(), more.getFirst()));

        assertThat(reckon(10, 11).duplicated()).isEqualTo(1);
    }

    @Test
    void freshnessRunsFromThe202ToTheFirstAnswerOfAVersionThatCoversTheEvent() {
        accepted("a", true, 5);
        seen.seen(1, 100_000_000);
        seen.seen(3, 300_000_000);

        DeliveryAudit audit = reckon(0, 1, version(1, 4), version(2, 5), version(3, 6));

        assertThat(audit.modelFreshness().millis(50)).isBetween(299.0, 301.0);
        assertThat(audit.unseen()).isZero();
    }

    @Test
    void anEventThatNoResponseIncludedIsCountedAsUnseen() {
        accepted("a", true, 5);

        assertThat(reckon(0, 1, version(1, 5)).unseen()).isEqualTo(1);
    }

    private void accepted(String eventId, boolean trains, long sequence) {
        ledger.accepted(new Ledger.Entry(eventId, eventId, trains, 0));
        rows.computeIfAbsent(eventId, id -> new ArrayList<>()).add(at(sequence));
    }

    private DeliveryAudit reckon(long before, long after, ModelLog.Version... versions) {
        return DeliveryAudit.of(ledger, rows, before, after, List.of(versions), seen);
    }

    private static ShardPosition at(long sequence) {
        return new ShardPosition(SHARD, BigInteger.valueOf(sequence));
    }

    private static ModelLog.Version version(long version, long mark) {
        HighWaterMarks marks = HighWaterMarks.of(Map.of(SHARD, BigInteger.valueOf(mark)));
        return new ModelLog.Version(version, "key", "hash", 0, marks, "", Instant.EPOCH);
    }
}
