package dev.freshet.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final int PART = Intake.PART_KIB << 10;

    private static Optional<Integer> body(Intake.Reservation of, int bytes) throws IOException {
        return of.body(new ByteArrayInputStream(new byte[bytes])).map(read -> read.length);
    }

    @Test
    void requestsAreLimitedAndAClosedReservationIsReleased() {
        Intake intake = new Intake(2, 1_000);
        Intake.Reservation first = intake.begin();
        assertThat(first.place()).isTrue();
        assertThat(intake.begin().place()).isTrue();
        try (Intake.Reservation refused = intake.begin()) {
            assertThat(refused.place()).isFalse();
        }
        assertThat(intake.begin().place()).isFalse();

        first.close();

        assertThat(intake.begin().place()).isTrue();
    }

    @Test
    void bodiesAreLimitedTogetherByWhatHasArrived() throws IOException {
        Intake intake = new Intake(10, 3 * Intake.PART_KIB);
        Intake.Reservation first = intake.begin();
        assertThat(body(first, 2 * PART + 1)).contains(2 * PART + 1);
        assertThat(body(intake.begin(), 0)).isEmpty();

        first.close();

        assertThat(body(intake.begin(), 1)).contains(1);
        Intake.Reservation tooLong = new Intake(1, Intake.MAX_BODY_KIB).begin();
        assertThat(body(tooLong, 2 * Intake.MAX_BODY_BYTES)).contains(Intake.MAX_BODY_BYTES + PART);
    }
}
