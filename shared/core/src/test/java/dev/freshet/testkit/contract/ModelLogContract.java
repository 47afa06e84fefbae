package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLog.DamagedObjectException;
import dev.freshet.model.log.ModelLog.Snapshot;
import dev.freshet.model.log.ModelLog.Version;
import dev.freshet.store.ObjectStore;
import dev.freshet.testkit.SettableClock;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link ModelLog}: the tests that each of its adapters passes. */
public abstract class ModelLogContract {
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07.250Z");
    private static final Duration KEPT = Duration.ofDays(14);

    private final SettableClock clock = new SettableClock(NOW);
    private final String modelId = "model-" + UUID.randomUUID();
    private ModelLog log;

    /** Returns a log of this model; every call for one model returns a log over the same rows. */
    protected abstract ModelLog log(String modelId, InstantSource clock);

    /** Returns the objects of the log, for a test to damage. */
    protected abstract ObjectStore objects();

    @BeforeEach
    void open() {
        log = log(modelId, clock);
    }

    @Test
    void aNewLogIsEmpty() {
        assertThat(log.head()).isEmpty();
        assertThat(log.after(0, 10)).isEmpty();
        assertThat(log.snapshots(10)).isEmpty();
    }

    @Test
    void objectsBehindTheRowsThatAreThereAreSweptAndNoOthers() {
        for (long version = 1; version <= 4; version++) {
            log.append(version, new byte[] {(byte) version}, HighWaterMarks.NONE, "", NOW);
        }
        log.putSnapshot(2, new byte[] {22}, NOW, NOW.plus(KEPT));
        log.putSnapshot(3, new byte[] {33}, NOW, NOW.plus(KEPT));
        assertThat(log.expiry(1)).hasValue(NOW.plus(KEPT).plusMillis(750));
        assertThat(log.expiry(4)).isEmpty();
        assertThat(log.sweep()).isZero();

        clock.advance(KEPT.plusSeconds(1));

        assertThat(log.expiry(1)).isEmpty();
        assertThat(log.sweep()).isEqualTo(3);
        assertThat(log.sweep()).isZero();
        assertThat(log.after(0, 10))
                .allSatisfy(row -> assertThat(log.delta(row)).hasSize(1))
                .hasSize(2);
        assertThat(log.snapshots(9)).allSatisfy(row -> assertThat(log.snapshot(row)).hasSize(1));
    }

    @Test
    void aVersionComesBackWithItsMarksAndItsBytes() {
        HighWaterMarks marks =
                HighWaterMarks.of(
                        Map.of(
                                "events/shardId-000000000000",
                                BigInteger.TEN.pow(55),
                                "events/shardId-000000000001",
                                BigInteger.ONE));
        Version version =
                log.append(1, bytes("first"), marks, "4959", NOW.plusNanos(10)).orElseThrow();
        assertThat(version.version()).isEqualTo(1);
        assertThat(version.bytes()).isEqualTo(5);
        assertThat(version.marks()).isEqualTo(marks);
        assertThat(version.examplesPosition()).isEqualTo("4959");
        assertThat(version.at()).isEqualTo(NOW);
        assertThat(version.key()).contains(version.sha256());
        assertThat(log.head()).contains(version);
        assertThat(log.after(0, 10)).containsExactly(version);
        assertThat(log.delta(version)).isEqualTo(bytes("first"));
    }

    @Test
    void aVersionWithoutMarksOrPositionComesBack() {
        Version version = log.append(1, new byte[0], HighWaterMarks.NONE, "", NOW).orElseThrow();
        assertThat(log.head()).contains(version);
        assertThat(log.delta(version)).isEmpty();
    }

    @Test
    void ofTwoTrainersOneWins() {
        ModelLog rival = log(modelId, clock);
        Version mine = append(1, "mine");
        assertThat(rival.append(1, bytes("theirs"), HighWaterMarks.NONE, "", NOW)).isEmpty();
        assertThat(log.append(1, bytes("mine"), HighWaterMarks.NONE, "", NOW)).isEmpty();
        assertThat(log.head()).contains(mine);
        assertThat(log.delta(mine)).isEqualTo(bytes("mine"));
    }

    @Test
    void versionsAfterOneComeOldestFirstUpToTheLimit() {
        for (int i = 1; i <= 12; i++) {
            append(i, "delta " + i);
        }
        assertThat(log.after(0, 3)).extracting(Version::version).containsExactly(1L, 2L, 3L);
        assertThat(log.after(9, 64)).extracting(Version::version).containsExactly(10L, 11L, 12L);
        assertThat(log.after(12, 64)).isEmpty();
        assertThat(log.head().map(Version::version)).contains(12L);
    }

    @Test
    void modelsDoNotSeeEachOther() {
        append(1, "mine");
        assertThat(log(modelId + "-other", clock).head()).isEmpty();
    }

    @Test
    void snapshotsComeNewestFirst() {
        appendTo(6);
        log.putSnapshot(3, bytes("three"), NOW, NOW.plus(KEPT));
        log.putSnapshot(6, bytes("six"), NOW, NOW.plus(KEPT));
        List<Snapshot> snapshots = log.snapshots(10);
        assertThat(snapshots).extracting(Snapshot::version).containsExactly(6L, 3L);
        assertThat(log.snapshot(snapshots.getFirst())).isEqualTo(bytes("six"));
        assertThat(log.snapshot(snapshots.getLast())).isEqualTo(bytes("three"));
        assertThat(log.snapshots(1)).hasSize(1);
        assertThat(log.head().map(Version::version)).contains(6L);
    }

    @Test
    void rowsBelowASnapshotExpireAndTheHeadStays() {
        appendTo(4);
        log.putSnapshot(2, bytes("two"), NOW, NOW.plus(KEPT));
        log.putSnapshot(4, bytes("four"), NOW, NOW.plus(KEPT));
        assertThat(log.after(0, 64)).hasSize(4);
        clock.advance(KEPT.plusSeconds(1));
        assertThat(log.after(0, 64)).extracting(Version::version).containsExactly(4L);
        assertThat(log.snapshots(10)).extracting(Snapshot::version).containsExactly(4L);
        assertThat(log.head().map(Version::version)).contains(4L);
        assertThat(log.append(1, bytes("again"), HighWaterMarks.NONE, "", NOW)).isEmpty();
    }

    @Test
    void aLaterSnapshotDoesNotPutOffWhatExpiresAlready() {
        appendTo(3);
        log.putSnapshot(2, bytes("two"), NOW, NOW.plus(KEPT));
        log.putSnapshot(3, bytes("three"), NOW, NOW.plus(KEPT.multipliedBy(2)));
        clock.advance(KEPT.plusSeconds(1));
        assertThat(log.after(0, 64)).extracting(Version::version).containsExactly(2L, 3L);
    }

    @Test
    void aSnapshotOfTheSameVersionTakesThePlaceOfTheOneBefore() {
        appendTo(2);
        log.putSnapshot(2, bytes("two"), NOW, NOW.plus(KEPT));
        log.putSnapshot(2, bytes("two"), NOW.plusSeconds(60), NOW.plus(KEPT));
        assertThat(log.snapshots(10))
                .singleElement()
                .extracting(Snapshot::at)
                .isEqualTo(NOW.plusSeconds(60));
        log.putSnapshot(2, bytes("two in another format"), NOW.plusSeconds(90), NOW.plus(KEPT));
        Snapshot kept = log.snapshots(10).getFirst();
        assertThat(log.snapshots(10)).hasSize(1);
        assertThat(kept.at()).isEqualTo(NOW.plusSeconds(90));
        assertThat(log.snapshot(kept)).isEqualTo(bytes("two in another format"));
    }

    @Test
    void ofManySnapshotsTheNewestStayAndTheObjectsOfTheOthersAreGone() {
        appendTo(12);
        for (int i = 1; i <= 12; i++) {
            log.putSnapshot(i, bytes("snapshot " + i), NOW, NOW.plus(KEPT));
        }
        Snapshot oldest = log.snapshots(64).getLast();
        assertThat(log.snapshots(64)).hasSize(ModelLog.MAX_SNAPSHOTS);
        assertThat(oldest.version()).isEqualTo(5);
        assertThat(log.snapshot(oldest)).isEqualTo(bytes("snapshot 5"));
        log.putSnapshot(13, bytes("snapshot 13"), NOW, NOW.plus(KEPT));
        assertThatThrownBy(() -> log.snapshot(oldest)).isInstanceOf(DamagedObjectException.class);
    }

    @Test
    void aLargeObjectComesBackWhole() {
        byte[] large = new byte[6 << 20];
        RandomGenerator.of("L64X128MixRandom").nextBytes(large);
        Version version = log.append(1, large, HighWaterMarks.NONE, "", NOW).orElseThrow();
        assertThat(log.delta(version)).isEqualTo(large);
    }

    @Test
    void aDamagedObjectIsReportedFromAStoreThatIsDown() {
        Version version = append(1, "whole");
        objects().put(version.key(), bytes("wHole"));
        assertDamaged(version, "SHA-256");
        objects().put(version.key(), bytes("who"));
        assertDamaged(version, "only 3");
        objects().put(version.key(), bytes("whole and more"));
        assertDamaged(version, "more");
        objects().remove(version.key());
        assertDamaged(version, "no such object");
    }

    @Test
    void aRowThatClaimsTooMuchIsNotBelieved() {
        Version row = append(1, "whole");
        Version liar =
                new Version(
                        1,
                        row.key(),
                        row.sha256(),
                        Integer.MAX_VALUE,
                        row.marks(),
                        row.examplesPosition(),
                        row.at());
        assertDamaged(liar, "claims");
    }

    private void assertDamaged(Version version, String why) {
        assertThatThrownBy(() -> log.delta(version))
                .isInstanceOf(DamagedObjectException.class)
                .hasMessageContaining(version.key())
                .hasMessageContaining(why);
    }

    private void appendTo(int version) {
        for (int i = 1; i <= version; i++) {
            append(i, "delta " + i);
        }
    }

    private Version append(long version, String delta) {
        Optional<Version> row = log.append(version, bytes(delta), HighWaterMarks.NONE, "", NOW);
        return row.orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
