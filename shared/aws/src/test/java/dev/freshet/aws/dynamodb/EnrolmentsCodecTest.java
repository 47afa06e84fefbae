package dev.freshet.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.experiment.enrolment.Cause;
import dev.freshet.experiment.enrolment.Enrolment;
import dev.freshet.experiment.enrolment.Enrolments;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnrolmentsCodecTest {
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07Z");

    /** As long as the sequence numbers of Kinesis. */
    private static final BigInteger RECORD =
            new BigInteger("49590338271490256608559692538361571095921575989136588898");

    private static final Enrolments EACH_KIND =
            new Enrolments(
                    List.of(
                            enrolment("página", new Cause(RECORD, false), null),
                            enrolment("b", new Cause(BigInteger.ZERO, true), null),
                            enrolment("c", new Cause(RECORD, false), new Cause(RECORD, true)),
                            enrolment("d", new Cause(RECORD, true), new Cause(RECORD, false))));

    private static Enrolment enrolment(String id, Cause began, @Nullable Cause crossing) {
        return new Enrolment(id, id + "-2026", "diverse", NOW, began, crossing);
    }

    @Test
    void enrolmentsComeBackInTheirOrder() {
        assertThat(EnrolmentsCodec.decode(EnrolmentsCodec.encode(EACH_KIND))).isEqualTo(EACH_KIND);
        assertThat(EnrolmentsCodec.decode(EnrolmentsCodec.encode(Enrolments.NONE)))
                .isEqualTo(Enrolments.NONE);
    }

    @Test
    void anEnrolmentOfOrdinaryNamesTakesSeventyBytesAndEightOfThemHalfAKilobyte() {
        List<Enrolment> eight = new ArrayList<>();
        for (int i = 0; i < Enrolments.MAX; i++) {
            eight.add(enrolment("home-list-" + i, new Cause(RECORD, false), null));
        }
        assertThat(EnrolmentsCodec.encode(new Enrolments(eight.subList(0, 1))))
                .hasSizeLessThanOrEqualTo(70);
        assertThat(EnrolmentsCodec.encode(new Enrolments(eight))).hasSizeLessThan(550);
    }

    @Test
    void damagedBytesAreReportedAsSuchWhereverTheyEnd() {
        byte[] whole = EnrolmentsCodec.encode(EACH_KIND);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> EnrolmentsCodec.decode(cut))
                    .isInstanceOf(IllegalStateException.class);
        }
        byte[] other = whole.clone();
        other[0] = 9;
        assertThatThrownBy(() -> EnrolmentsCodec.decode(other))
                .isInstanceOf(IllegalStateException.class);
    }
}
