package dev.freshet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfidenceSequenceTest {
    private final ConfidenceSequence sequence = new ConfidenceSequence(0.05, 20_000);

    @Test
    void atThePlannedNumberItIsHalfAsWideAgainAsASingleLook() {
        double single = StudentDistribution.NORMAL.distance(0.05);

        assertThat(sequence.halfWidth(1, 20_000) / single).isCloseTo(1.55, within(0.005));
    }

    @Test
    void theIntervalTouchesZeroWhereTheEvidenceReachesTheReciprocalOfAlpha() {
        double users = 7_000;
        double z = sequence.halfWidth(1, users);

        assertThat(sequence.logE(z, users)).isCloseTo(Math.log(20), within(1e-12));
        assertThat(sequence.p(z, users)).isCloseTo(0.05, within(1e-12));
        assertThat(sequence.p(0, users)).isEqualTo(1);
    }

    @Test
    void anEstimateThatStaysLeavesZeroAtTheNumberThatIsTold() {
        double z = 1.2;
        double users = 7_000;

        double enough = sequence.usersToExcludeZero(z, users, 1e9);

        assertThat(enough).isBetween(users, 1e9);
        assertThat(sequence.halfWidth(Math.sqrt(users / enough), enough)).isLessThan(z);
        assertThat(sequence.halfWidth(Math.sqrt(users / (enough - 1)), enough - 1))
                .isGreaterThanOrEqualTo(z);
        assertThat(sequence.usersToExcludeZero(-z, users, 1e9)).isEqualTo(enough);
        assertThat(sequence.usersToExcludeZero(z, users, enough - 2)).isInfinite();
        assertThat(sequence.usersToExcludeZero(0, users, 1e9)).isInfinite();
        assertThat(sequence.usersToExcludeZero(9, users, 1e9)).isEqualTo(users);
    }

    @Test
    void alphaAndThePlanAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfidenceSequence(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfidenceSequence(0.05, 0));
    }
}
