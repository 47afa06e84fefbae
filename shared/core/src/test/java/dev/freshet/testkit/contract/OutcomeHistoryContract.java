package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.model.sums.OutcomeHistory;
import dev.freshet.model.sums.OutcomeHistory.StoredOutcomes;
import dev.freshet.model.sums.OutcomePair;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import dev.freshet.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link OutcomeHistory}: the tests that each of its adapters passes. */
public abstract class OutcomeHistoryContract {
    private static final OutcomePair HOME = new OutcomePair("home#página", "b");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T23:00:00Z"));

    /** A day that no other test of a shared table uses. */
    private final int day = 20_000 + Math.floorMod(UUID.randomUUID().hashCode(), 1_000_000);

    private OutcomeHistory history;

    /** Returns an adapter that takes the time from this clock. */
    protected abstract OutcomeHistory history(InstantSource clock);

    @BeforeEach
    void open() {
        history = history(clock);
    }

    @Test
    void theSumsOfADayComeBackByPairAndApartFromWhatBelongsToNoList() {
        history.put(outcomes(day, HOME, 3, 7));
        history.put(outcomes(day, new OutcomePair("", ""), 4, 7));
        history.put(outcomes(day, null, 5, 7));

        assertThat(history.between(day, day))
                .containsExactlyInAnyOrder(
                        outcomes(day, HOME, 3, 7),
                        outcomes(day, new OutcomePair("", ""), 4, 7),
                        outcomes(day, null, 5, 7));
    }

    @Test
    void daysComeOldestFirstWithBothEnds() {
        for (int i = 3; i >= 0; i--) {
            history.put(outcomes(day + i, HOME, i, 1));
        }

        assertThat(history.between(day + 1, day + 2))
                .extracting(StoredOutcomes::day)
                .containsExactly(day + 1, day + 2);
        assertThat(history.between(day + 2, day + 1)).isEmpty();
    }

    @Test
    void theSameOrAHigherModelVersionReplacesAndALowerOneDoesNot() {
        history.put(outcomes(day, HOME, 5, 5));
        assertThat(history.put(outcomes(day, HOME, 4, 4))).isFalse();
        assertThat(history.between(day, day)).containsExactly(outcomes(day, HOME, 5, 5));
        assertThat(history.put(outcomes(day, HOME, 6, 5))).isTrue();
        assertThat(history.put(outcomes(day, HOME, 7, 6))).isTrue();
        assertThat(history.between(day, day)).containsExactly(outcomes(day, HOME, 7, 6));
    }

    @Test
    void aDayIsAbsent400DaysAfterItWasWritten() {
        history.put(outcomes(day, HOME, 1, 5));
        clock.advance(Duration.ofDays(400).minusSeconds(1));
        assertThat(history.between(day, day)).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(history.between(day, day)).isEmpty();
        assertThat(history.put(outcomes(day, HOME, 1, 1))).isTrue();
    }

    @Test
    void moreThan400DaysAreRefused() {
        assertThat(history.between(day, day + 399)).isEmpty();
        assertThatThrownBy(() -> history.between(day, day + 400))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static StoredOutcomes outcomes(
            int day, @Nullable OutcomePair pair, long lists, long version) {
        return new StoredOutcomes(
                day,
                pair,
                OutcomeSums.NONE
                        .draft()
                        .add(OutcomeCount.LISTS, lists)
                        .addOfPart(OutcomeSums.partOfPosition(3), OutcomeCount.CLICKS, 2)
                        .addRevenue("EUR", -12)
                        .seal(),
                version);
    }
}
