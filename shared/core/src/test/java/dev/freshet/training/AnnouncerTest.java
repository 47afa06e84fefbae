package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.features.Faults;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.NewestVersion;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryModelLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
    private static final String MODEL = "main";
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final MemoryModelLogs logs = new MemoryModelLogs(MODEL, clock);
    private final ModelLog log = logs.log(MODEL);
    private final List<Model> models = new ArrayList<>(List.of(Model.empty(ModelSettings.DEFAULT)));
    private final Examples examples = new Examples();
    private Announcer announcer = new Announcer(logs);

    /** Appends and announces this many versions, one each time. */
    private void announceEach(int versions, Duration time) {
        for (int version = 0; version < versions; version++) {
            append();
            announce();
            clock.advance(time);
        }
    }

    @Test
    void aVersionASecondIsAnnouncedByItsDeltaAlone() {
        announceEach(5, Duration.ofSeconds(1));
        assertThat(newest().version()).isEqualTo(5);
        assertThat(newest().span()).isNull();
        assertThat(follow(4)).isEqualTo(bytes(5));
        assertThat(new LogFollower(log, Runnable::run).followTo(newest(), versioned(3))).isEmpty();
    }

    @Test
    void fasterVersionsAreAnnouncedBySpansThatReachThreeSecondsBack() {
        announceEach(20, Duration.ofMillis(400));
        NewestVersion newest = newest();
        assertThat(newest.span()).isNotNull();
        assertThat(span(newest).first()).isBetween(12L, 14L);
        for (int from = (int) span(newest).first() - 1; from < 20; from++) {
            assertThat(follow(from)).as("from %d", from).isEqualTo(bytes(20));
        }
        assertThat(new LogFollower(log, Runnable::run).followTo(newest, versioned(5))).isEmpty();
    }

    @Test
    void aNewProcessReadsTheLastDeltasBack() {
        announceEach(6, Duration.ofSeconds(5));
        announcer = new Announcer(logs);
        append();
        announce();

        assertThat(newest().version()).isEqualTo(7);
        assertThat(newest().span()).isNotNull();
        assertThat(span(newest()).first()).isEqualTo(4);
        assertThat(follow(3)).isEqualTo(bytes(7));
    }

    @Test
    void anAnnouncementThatFailedIsMadeWithTheNextBatch() {
        boolean[] down = {true};
        announcer = new Announcer(Faults.before(ModelLogs.class, logs, call -> down[0]));
        append();
        assertThat(announce()).isFalse();
        assertThat(logs.newest()).isEmpty();
        down[0] = false;
        assertThat(announce()).isTrue();
        assertThat(newest().version()).isEqualTo(1);
    }

    @Test
    void anEmptyLogHasNothingToAnnounce() {
        assertThat(announce()).isTrue();
        assertThat(logs.newest()).isEmpty();
    }

    @Test
    void aReplicaFindsAVersionWhoseAnnouncementWasLostWithinTheTimeBetweenLogs() {
        Replica replica = new Replica(logs, ModelSettings.DEFAULT, clock, Runnable::run);
        append();
        announce();
        assertThat(replica.load().version()).isEqualTo(1);
        append();
        clock.advance(Duration.ofSeconds(1));
        assertThat(replica.load().version()).isEqualTo(1);

        clock.advance(Replica.BETWEEN_LOGS);

        assertThat(replica.load().version()).isEqualTo(2);
    }

    @Test
    void aDamagedObjectOfAnAnnouncementIsReplacedByTheLog() {
        Replica replica = new Replica(logs, ModelSettings.DEFAULT, clock, Runnable::run);
        append();
        announce();
        replica.load();
        append();
        append();
        NewestVersion sound = newestOf(3);
        logs.announce(
                new NewestVersion(
                        MODEL,
                        3,
                        sound.delta(),
                        sound.at(),
                        new NewestVersion.Span(2, log.putSpan(2, new byte[] {9, 9, 9}))));
        clock.advance(Duration.ofSeconds(1));

        assertThat(replica.load().version()).isEqualTo(3);
        assertThat(SnapshotCodec.encode(replica.current().model())).isEqualTo(bytes(3));
        assertThat(replica.status().trouble()).isNull();
    }

    private NewestVersion newestOf(int version) {
        MemoryModelLogs other = new MemoryModelLogs(MODEL, clock);
        new Announcer(other).announce(MODEL, log, version, clock.instant());
        return other.newest().orElseThrow();
    }

    private void append() {
        int version = models.size();
        Trainer.Step step =
                Trainer.train(
                        models.getLast(),
                        List.of(examples.interaction(version % 3, "item-" + version % 4)));
        models.add(step.model());
        ModelLog.Version row =
                log.append(version, step.delta(), step.model().marks(), "", clock.instant())
                        .orElseThrow();
        announcer.appended(MODEL, row, step.delta());
    }

    private boolean announce() {
        return announcer.announce(MODEL, log, models.size() - 1L, clock.instant());
    }

    private NewestVersion newest() {
        return logs.newest().orElseThrow();
    }

    private static NewestVersion.Span span(NewestVersion newest) {
        return Objects.requireNonNull(newest.span());
    }

    private Versioned versioned(int version) {
        return new Versioned(models.get(version), version, NOW);
    }

    private byte[] follow(int from) {
        return SnapshotCodec.encode(
                new LogFollower(log, Runnable::run)
                        .followTo(newest(), versioned(from))
                        .orElseThrow()
                        .model());
    }

    private byte[] bytes(int version) {
        return SnapshotCodec.encode(models.get(version));
    }
}
