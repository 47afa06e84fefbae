package dev.freshet.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EnrolmentsTest {
    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final Experiment EXPERIMENT = Definitions.open("a", "ranking", 0.5, 0.5);

    private static Enrolment only(Enrolments enrolments) {
        assertThat(enrolments.all()).hasSize(1);
        return enrolments.in(EXPERIMENT).orElseThrow();
    }

    @Test
    void theFirstImpressionEnrols() {
        Enrolments once = Enrolments.NONE.shown(EXPERIMENT, "arm-1", DAY);
        Enrolments twice = once.shown(EXPERIMENT, "arm-1", DAY.plusSeconds(60));

        assertThat(twice).isEqualTo(once);
        assertThat(only(twice).since()).isEqualTo(DAY);
        assertThat(only(twice).crossed()).isFalse();
    }

    @Test
    void aListOfAnotherArmMarksTheUserAsCrossed() {
        Enrolment crossed =
                only(
                        Enrolments.NONE
                                .shown(EXPERIMENT, "arm-1", DAY)
                                .shown(EXPERIMENT, "control", DAY.plusSeconds(60)));

        assertThat(crossed.arm()).isEqualTo("arm-1");
        assertThat(crossed.crossed()).isTrue();
    }

    @Test
    void aUserTakesTheAnonymousEnrolment() {
        Enrolments anonymous = Enrolments.NONE.shown(EXPERIMENT, "arm-1", DAY);

        assertThat(Enrolments.NONE.joinedBy(anonymous)).isEqualTo(anonymous);
    }

    @Test
    void ofTwoDifferentArmsTheEarlierStaysAndTheUserIsCrossedInEitherOrder() {
        Enrolments early = Enrolments.NONE.shown(EXPERIMENT, "arm-1", DAY);
        Enrolments late = Enrolments.NONE.shown(EXPERIMENT, "control", DAY.plusSeconds(5));

        assertThat(late.joinedBy(early)).isEqualTo(early.joinedBy(late));
        assertThat(only(late.joinedBy(early)).arm()).isEqualTo("arm-1");
        assertThat(only(late.joinedBy(early)).crossed()).isTrue();
    }

    @Test
    void ofMoreThanEightTheOldestLeave() {
        Enrolments many = Enrolments.NONE;
        for (int at = 0; at < 10; at++) {
            Experiment other = Definitions.open("e" + at, "layer-" + at, 0.5, 0.5);
            many = many.shown(other, "control", DAY.plusSeconds(at));
        }

        assertThat(many.all()).hasSize(Enrolments.MAX);
        assertThat(many.all().getFirst().experiment()).isEqualTo("e2");
    }
}
