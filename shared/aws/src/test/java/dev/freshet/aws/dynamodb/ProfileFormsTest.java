package dev.freshet.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.bytes.Form;
import dev.freshet.enrolment.Enrolment;
import dev.freshet.enrolment.Enrolment.Cause;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.UserProfile.Shown;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

class ProfileFormsTest {
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
        List<String> groups = id.equals("b") ? List.of() : List.of("s12", "desktop");
        return new Enrolment(id, id + "-2026", "diverse", NOW, began, crossing, groups);
    }

    private static <T> void assertComesBack(Form<T> form, T value) {
        assertThat(ProfileForms.decode(form, ProfileForms.encode(form, value))).isEqualTo(value);
    }

    @Test
    void whatWasWrittenComesBack() {
        assertComesBack(ProfileForms.ENROLMENTS, EACH_KIND);
        assertComesBack(ProfileForms.ENROLMENTS, Enrolments.NONE);
        assertComesBack(ProfileForms.SHOWN, Map.of());
        assertComesBack(
                ProfileForms.SHOWN,
                Map.of(
                        "", new Shown(0, NOW, NOW),
                        "ítem", new Shown(Integer.MAX_VALUE, NOW.minusSeconds(86_400), NOW),
                        "early", new Shown(1, Instant.EPOCH.minusMillis(5), NOW)));
    }

    @Test
    void anEnrolmentOfOrdinaryNamesTakes83BytesOfWhichGroupsAre13AndEightTwoThirdsOfAKilobyte() {
        List<Enrolment> eight = new ArrayList<>();
        for (int i = 0; i < Enrolments.MAX; i++) {
            eight.add(enrolment("home-list-" + i, new Cause(RECORD, false), null));
        }
        Enrolment one = eight.getFirst();
        Enrolment asBefore =
                new Enrolment(
                        one.experiment(), one.salt(), one.arm(), NOW, one.began(), null, List.of());
        assertThat(size(ProfileForms.ENROLMENTS, new Enrolments(List.of(asBefore)))).isEqualTo(70);
        assertThat(size(ProfileForms.ENROLMENTS, new Enrolments(List.of(one)))).isEqualTo(83);
        assertThat(size(ProfileForms.ENROLMENTS, new Enrolments(eight))).isLessThan(660);
    }

    @Test
    void aFullMapOfOrdinaryIdsTakesAboutSevenKilobytes() {
        Map<String, Shown> shown = new HashMap<>();
        for (int i = 0; i < UserProfile.MAX_SHOWN; i++) {
            shown.put("article-2026-11-%08d".formatted(i), new Shown(3, NOW.minusSeconds(i), NOW));
        }
        assertThat(size(ProfileForms.SHOWN, shown)).isLessThan(7 << 10);
    }

    private static <T> int size(Form<T> form, T value) {
        return ProfileForms.encode(form, value).asByteArray().length;
    }

    @Test
    void damagedBytesAreReportedAsSuchWhereverTheyEnd() {
        assertDamageIsReported(ProfileForms.ENROLMENTS, EACH_KIND);
        assertDamageIsReported(ProfileForms.SHOWN, Map.of("item", new Shown(3, NOW, NOW)));
        byte[] endless = {1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        assertRefused(ProfileForms.SHOWN, endless, "is damaged");
    }

    private static <T> void assertDamageIsReported(Form<T> form, T value) {
        byte[] whole = ProfileForms.encode(form, value).asByteArray();
        for (int length = 0; length < whole.length; length++) {
            assertRefused(form, Arrays.copyOf(whole, length), "is damaged");
        }
        byte[] other = whole.clone();
        other[0] = 9;
        assertRefused(form, other, "unknown format");
    }

    private static void assertRefused(Form<?> form, byte[] bytes, String why) {
        assertThatThrownBy(() -> ProfileForms.decode(form, SdkBytes.fromByteArray(bytes)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why);
    }
}
