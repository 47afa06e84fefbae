package dev.freshet.experiment.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EnrolmentsTest {
    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final ListArm CONTROL = new ListArm("a", "salt-1", "control");
    private static final ListArm OTHER = new ListArm("a", "salt-1", "arm-1");

    private static Enrolment only(Enrolments enrolments) {
        assertThat(enrolments.all()).hasSize(1);
        return enrolments.in("a", "salt-1").orElseThrow();
    }

    @Test
    void theFirstImpressionEnrols() {
        Enrolments once = Enrolments.NONE.shown(OTHER, DAY);
        Enrolments twice = once.shown(OTHER, DAY.plusSeconds(60));

        assertThat(twice).isEqualTo(once);
        assertThat(only(twice).since()).isEqualTo(DAY);
        assertThat(only(twice).crossed()).isFalse();
    }

    @Test
    void aListOfAnotherArmMarksTheUserAsCrossed() {
        Enrolment crossed =
                only(Enrolments.NONE.shown(OTHER, DAY).shown(CONTROL, DAY.plusSeconds(60)));

        assertThat(crossed.arm()).isEqualTo("arm-1");
        assertThat(crossed.crossed()).isTrue();
    }

    @Test
    void aUserTakesTheAnonymousEnrolment() {
        Enrolments anonymous = Enrolments.NONE.shown(OTHER, DAY);

        assertThat(Enrolments.NONE.joinedBy(anonymous)).isEqualTo(anonymous);
    }

    @Test
    void ofTwoDifferentArmsTheEarlierStaysAndTheUserIsCrossedInEitherOrder() {
        Enrolments early = Enrolments.NONE.shown(OTHER, DAY);
        Enrolments late = Enrolments.NONE.shown(CONTROL, DAY.plusSeconds(5));

        assertThat(late.joinedBy(early)).isEqualTo(early.joinedBy(late));
        assertThat(only(late.joinedBy(early)).arm()).isEqualTo("arm-1");
        assertThat(only(late.joinedBy(early)).crossed()).isTrue();
    }

    @Test
    void ofMoreThanEightTheOldestLeave() {
        Enrolments many = Enrolments.NONE;
        for (int at = 0; at < 10; at++) {
            ListArm other = new ListArm("e" + at, "salt-" + at, "control");
            many = many.shown(other, DAY.plusSeconds(at));
        }

        assertThat(many.all()).hasSize(Enrolments.MAX);
        assertThat(many.all().getFirst().experiment()).isEqualTo("e2");
    }
}
