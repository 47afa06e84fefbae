package dev.freshet.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntakeTest {
    @Test
    void requestsAreLimitedAndAClosedReservationIsReleased() {
        Intake intake = new Intake(2, 1_000);
        Intake.Reservation first = intake.enter(0).orElseThrow();
        assertThat(intake.enter(0)).isPresent();
        assertThat(intake.enter(0)).isEmpty();

        first.close();

        assertThat(intake.enter(0)).isPresent();
    }

    @Test
    void bodiesAreLimitedTogetherAndAnUnknownLengthCountsAsTheMaximum() {
        Intake intake = new Intake(10, 15 << 10);
        Intake.Reservation unknown = intake.enter(-1).orElseThrow();
        assertThat(intake.enter(-1)).isEmpty();
        assertThat(intake.enter(5 << 20)).isPresent();
        assertThat(intake.enter(1)).isEmpty();

        unknown.close();

        assertThat(intake.enter(Long.MAX_VALUE)).isPresent();
    }
}
