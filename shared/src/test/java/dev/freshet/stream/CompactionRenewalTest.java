package dev.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.Delta;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Marks;
import dev.freshet.model.ModelLog.Snapshot;
import dev.freshet.model.ModelSettings;
import dev.freshet.storage.SettableClock;
import dev.freshet.storage.memory.MemoryCatalog;
import dev.freshet.storage.memory.MemoryExampleLog;
import dev.freshet.storage.memory.MemoryModelLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompactionRenewalTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T23:41:07Z"));
    private final MemoryModelLog log = new MemoryModelLog(clock);
    private final Compaction compaction =
            new Compaction(
                    log,
                    ModelSettings.DEFAULT,
                    new MemoryCatalog(clock),
                    new MemoryExampleLog(),
                    item -> Map.of(),
                    Compaction.Settings.DEFAULT,
                    clock,
                    Runnable::run);

    @Test
    void anEmptyLogIsLeftAlone() {
        clock.advance(Duration.ofDays(100));
        assertThat(compaction.run().snapshot()).isZero();
    }

    @Test
    void aQuietLogGetsASnapshotBeforeItsFirstDeltaGrowsOld() {
        append(1);
        assertThat(compaction.run().snapshot()).isZero();
        clock.advance(Duration.ofDays(6));
        append(2);
        assertThat(compaction.run().snapshot()).isZero();
        clock.advance(Duration.ofDays(1));
        assertThat(compaction.run().snapshot()).isEqualTo(2);
    }

    @Test
    void theSnapshotOfALogThatStandsStillIsWrittenAnewEveryWeek() {
        append(1);
        clock.advance(Duration.ofDays(7));
        compaction.run();
        Instant first = clock.instant();
        clock.advance(Duration.ofDays(7).minusSeconds(1));
        compaction.run();
        assertThat(log.snapshots(9)).extracting(Snapshot::at).containsExactly(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(compaction.run().snapshot()).isEqualTo(1);
        assertThat(log.snapshots(9)).extracting(Snapshot::at).containsExactly(clock.instant());
    }

    private void append(long version) {
        byte[] nothing = DeltaCodec.encode(new Delta(List.of(), Marks.NONE));
        log.append(version, nothing, Marks.NONE, "", clock.instant());
    }
}
