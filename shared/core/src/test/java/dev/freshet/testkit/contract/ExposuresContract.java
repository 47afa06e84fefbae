package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ListArm;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.features.Exposures;
import dev.freshet.features.Exposures.Put;
import dev.freshet.features.ShownList;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredExposure.ExposureOutcome;
import dev.freshet.features.UserRows;
import dev.freshet.testkit.SettableClock;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Exposures}: the tests that each of its adapters passes. */
public abstract class ExposuresContract {
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07.250Z");
    private static final ShownList LIST =
            new ShownList(
                    "página",
                    List.of(new ListArm("exp", "salt", "b"), new ListArm("other", "s", "control")),
                    List.of(
                            new ListArm("exp", "salt", "quieter"),
                            new ListArm("other", "s", "bold")),
                    "s7",
                    12,
                    List.of(
                            new ShownList.Place(
                                    "ána:1", 0.5f, 0xFFFF, true, true, false, List.of(0.25f, -3f)),
                            new ShownList.Place(
                                    "new",
                                    0.25f,
                                    1,
                                    true,
                                    false,
                                    true,
                                    List.of(0f, Float.NEGATIVE_INFINITY)),
                            new ShownList.Place("tea", 0.25f, 5, false)));

    private final SettableClock clock = new SettableClock(NOW);
    private final String user = "user-" + UUID.randomUUID();
    private Exposures exposures;

    /** Returns an adapter that takes the time from this clock. */
    protected abstract Exposures exposures(InstantSource clock);

    @BeforeEach
    void open() {
        exposures = exposures(clock);
    }

    @Test
    void aListComesBackAsItWasPut() {
        Exposures.Written written = exposures.put(shown("r#1", NOW, 7), null);
        assertThat(written.put()).isEqualTo(Put.STORED);
        assertThat(written.row()).isEqualTo(shown("r#1", NOW, 7));
        assertThat(exposures.latest(user, 10)).containsExactly(shown("r#1", NOW, 7));
    }

    @Test
    void aListIsStoredOnceAndTheRecordThatStoredItRecognisesIt() {
        exposures.put(shown("r", NOW, 7), null);
        assertThat(exposures.put(shown("r", NOW, 7), null).put()).isEqualTo(Put.OWN);
        assertThat(exposures.put(shown("r", NOW, 8), null).put()).isEqualTo(Put.OTHERS);
        assertThat(exposures.put(shown("other", NOW, 8), null).put()).isEqualTo(Put.STORED);
        assertThat(exposures.latest(user, 10)).hasSize(2);
    }

    @Test
    void aResubmittedRecordTakesOverTheListAndKeepsItsFirstPosition() {
        exposures.put(shown("r", NOW, 7), null);
        mark("r", outcome("click", 8));
        Exposures.Written taken = exposures.put(shown("r", NOW, 20), position(7));
        assertThat(taken.put()).isEqualTo(Put.STORED);
        StoredExposure row = Objects.requireNonNull(taken.row());
        assertThat(row.owner()).isEqualTo(position(20));
        assertThat(row.first()).isEqualTo(position(7));
        assertThat(row.outcomes()).containsExactly(outcome("click", 8));
        assertThat(exposures.put(shown("r", NOW, 20), position(7)).put()).isEqualTo(Put.OWN);
        assertThat(exposures.put(shown("r", NOW, 21), position(7)).put()).isEqualTo(Put.OTHERS);
    }

    @Test
    void aResubmittedRecordThatStoredNothingBeforeIsTheFirst() {
        Exposures.Written written = exposures.put(shown("r", NOW, 20), position(7));
        assertThat(written.put()).isEqualTo(Put.STORED);
        assertThat(Objects.requireNonNull(written.row()).first()).isEqualTo(position(20));
    }

    @Test
    void anOutcomeReturnsTheWholeRow() {
        exposures.put(shown("r", NOW, 7), null);
        StoredExposure row = Objects.requireNonNull(mark("r", outcome("click", 8)));
        assertThat(row.list()).isEqualTo(LIST);
        assertThat(row.first()).isEqualTo(position(7));
        assertThat(row.outcomes()).containsExactly(outcome("click", 8));
    }

    @Test
    void anOutcomeMayPrecedeItsList() {
        StoredExposure row = Objects.requireNonNull(mark("r", outcome("click", 3)));
        assertThat(row.list()).isNull();
        assertThat(row.owner()).isNull();
        StoredExposure shown =
                Objects.requireNonNull(exposures.put(shown("r", NOW, 7), null).row());
        assertThat(shown.list()).isEqualTo(LIST);
        assertThat(shown.outcomes()).containsExactly(outcome("click", 3));
    }

    @Test
    void theSameOutcomeIsStoredOnceAndOfOneEventTheFirstRecordCounts() {
        mark("r", outcome("click", 8));
        mark("r", outcome("click", 8));
        mark("r", outcome("click", 9));
        StoredExposure row = Objects.requireNonNull(mark("r", outcome("other", 4)));
        assertThat(row.outcomes()).containsExactly(outcome("other", 4), outcome("click", 8));
    }

    @Test
    void aFullListTakesNoFurtherOutcomeAndRecognisesItsOwn() {
        for (int i = 0; i < StoredExposure.MAX_OUTCOMES; i++) {
            assertThat(mark("r", outcome("click" + i, i))).isNotNull();
        }
        assertThat(mark("r", outcome("one-too-many", 99))).isNull();
        assertThat(mark("r", outcome("click0", 0))).isNotNull();
        assertThat(exposures.latest(user, 1).getFirst().outcomes())
                .hasSize(StoredExposure.MAX_OUTCOMES);
    }

    @Test
    void theLatestListsComeNewestFirst() {
        for (int i = 0; i < 5; i++) {
            exposures.put(shown("r" + i, NOW.plusSeconds(i), i), null);
        }
        assertThat(exposures.latest(user, 2))
                .extracting(StoredExposure::listId)
                .containsExactly("r4", "r3");
    }

    @Test
    void aListIsAbsentThirtyDaysAfterItsReceiptAndStillThereForErasure() {
        exposures.put(shown("r", NOW, 7), null);
        clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(exposures.latest(user, 10)).hasSize(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(exposures.latest(user, 10)).isEmpty();
        assertThat(exposures.page(user, null, 10).rows()).hasSize(1);
        assertThat(exposures.put(shown("r", NOW, 7), null).put()).isEqualTo(Put.OWN);
    }

    @Test
    void pagesReturnEveryListOldestFirst() {
        for (int i = 0; i < 5; i++) {
            exposures.put(shown("r" + i, NOW.plusSeconds(i), i), null);
        }
        List<String> found = new ArrayList<>();
        @Nullable String after = null;
        do {
            UserRows.Page<StoredExposure> page = exposures.page(user, after, 2);
            page.rows().forEach(row -> found.add(row.listId()));
            after = page.next();
        } while (after != null);
        assertThat(found).containsExactly("r0", "r1", "r2", "r3", "r4");
    }

    @Test
    void aListIsRemovedUnlessAnotherRecordTookItOver() {
        exposures.put(shown("taken", NOW, 7), null);
        exposures.put(shown("gone", NOW, 8), null);
        mark("only-clicked", outcome("click", 9));
        List<StoredExposure> read = exposures.page(user, null, 10).rows();
        exposures.put(shown("taken", NOW, 20), position(7));
        assertThat(exposures.remove(read)).isEqualTo(2);
        assertThat(exposures.remove(read)).isZero();
        assertThat(exposures.page(user, null, 10).rows())
                .extracting(StoredExposure::listId)
                .containsExactly("taken");
    }

    private @Nullable StoredExposure mark(String listId, ExposureOutcome outcome) {
        return exposures.mark(user, NOW, listId, outcome, NOW);
    }

    private StoredExposure shown(String listId, Instant issuedAt, int sequence) {
        return new StoredExposure(
                user,
                issuedAt,
                listId,
                LIST,
                position(sequence),
                position(sequence),
                NOW,
                List.of());
    }

    private static ExposureOutcome outcome(String event, int sequence) {
        return new ExposureOutcome(event, OutcomeKind.CLICK, 1, 60, position(sequence));
    }

    private static ShardPosition position(int sequence) {
        return new ShardPosition("events/shardId-000000000000", BigInteger.valueOf(sequence));
    }
}
