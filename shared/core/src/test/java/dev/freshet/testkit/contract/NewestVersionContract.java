package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.log.ModelArchive.StoredObject;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.NewestVersion;
import dev.freshet.model.log.NewestVersion.DeltaSpan;
import dev.freshet.testkit.SettableClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of the announcements of {@link ModelLogs}: the tests that each adapter passes. */
public abstract class NewestVersionContract {
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07.250Z");

    private final String modelId = "model-" + UUID.randomUUID();
    private final SettableClock clock = new SettableClock(NOW);
    private ModelLogs logs;

    /** Returns the logs of a stack; every call for one model returns logs over the same rows. */
    protected abstract ModelLogs logs(String modelId, InstantSource clock);

    @BeforeEach
    void open() {
        logs = logs(modelId, clock);
    }

    @Test
    void nothingIsAnnouncedAtFirst() {
        assertThat(logs.newest()).isEmpty();
    }

    @Test
    void anAnnouncementComesBackWithAndWithoutItsSpan() {
        NewestVersion plain = version(modelId, 7, null);
        logs.announce(plain);
        assertThat(logs.newest()).contains(plain);

        NewestVersion spanned =
                version(modelId, 9, new NewestVersion.Span(8, new StoredObject("s", "abc", 5)));
        logs.announce(spanned);
        everyCopyIs(spanned);
    }

    @Test
    void anOlderOrEqualAnnouncementOfTheModelLosesWhoeverMakesIt() {
        NewestVersion newest = version(modelId, 7, null);
        logs.announce(newest);
        logs(modelId, clock).announce(version(modelId, 6, null));
        logs(modelId, clock)
                .announce(
                        version(
                                modelId,
                                7,
                                new NewestVersion.Span(7, new StoredObject("s", "abc", 5))));
        everyCopyIs(newest);
    }

    @Test
    void theFirstAnnouncementOfAnotherModelTakesThePlace() {
        logs.announce(version(modelId, 7, null));
        NewestVersion rebuilt = version("rebuilt", 2, null);
        logs.announce(rebuilt);
        everyCopyIs(rebuilt);
    }

    @Test
    void announcementsAreNoVersionsOfTheLogAndDoNotMoveTheHead() {
        ModelLogs.Head head = logs.head();
        logs.announce(version(modelId, 7, null));
        assertThat(logs.head()).isEqualTo(head);
        assertThat(logs.log(modelId).head()).isEmpty();
        assertThat(logs.log(modelId).after(0, 10)).isEmpty();
        assertThat(logs.log(modelId).snapshots(10)).isEmpty();
    }

    @Test
    void aSpanComesBackAndIsSweptOnceASnapshotIsNewer() {
        ModelLog log = logs.log(modelId);
        byte[] bytes = DeltaSpan.encode(List.of(new byte[] {1}, new byte[] {2, 3}));
        StoredObject before = log.putSpan(1, bytes);
        StoredObject after = log.putSpan(4, bytes);
        for (long version = 1; version <= 5; version++) {
            log.append(version, new byte[] {(byte) version}, HighWaterMarks.NONE, "", NOW);
        }
        assertThat(log.object(before)).isEqualTo(bytes);
        assertThat(log.sweep()).isZero();

        log.putSnapshot(3, new byte[] {33}, NOW, NOW.plusSeconds(3600));

        assertThat(log.sweep()).isEqualTo(1);
        assertThat(log.object(after)).isEqualTo(bytes);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> log.object(before))
                .isInstanceOf(ModelLog.DamagedObjectException.class);
    }

    private void everyCopyIs(NewestVersion expected) {
        for (int read = 0; read < 5; read++) {
            assertThat(logs.newest()).contains(expected);
        }
    }

    private static NewestVersion version(
            String modelId, long version, NewestVersion.@Nullable Span span) {
        return new NewestVersion(
                modelId, version, new StoredObject("delta-" + version, "0123", 10), NOW, span);
    }
}
