package dev.freshet.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ListArm;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.enrolment.Enrolment.Enrolled.Step;
import dev.freshet.event.ShardPosition;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnrolmentsTest {
    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final ListArm CONTROL = new ListArm("a", "salt-1", "control");
    private static final ListArm OTHER = new ListArm("a", "salt-1", "arm-1");

    private final Enrolments enrolled =
            Enrolments.NONE.shown(List.of(OTHER), at(10), DAY, List.of());
    private final Enrolments crossed =
            enrolled.shown(List.of(CONTROL), at(20), DAY.plusSeconds(60), List.of());

    private static ShardPosition at(long sequence) {
        return new ShardPosition("events/0", BigInteger.valueOf(sequence));
    }

    private static Enrolment only(Enrolments enrolments) {
        assertThat(enrolments.all()).hasSize(1);
        return enrolments.in("a", "salt-1").orElseThrow();
    }

    /** Returns what a record is to the enrolments, an hour after the first impression. */
    private static List<Step> steps(Enrolments enrolments, long record, ShardPosition... for_) {
        return enrolments.of(at(record), List.of(for_), DAY.plusSeconds(3_600)).stream()
                .map(Enrolled::step)
                .toList();
    }

    @Test
    void theFirstImpressionEnrols() {
        Enrolments twice = enrolled.shown(List.of(OTHER), at(11), DAY.plusSeconds(60), List.of());

        assertThat(twice).isEqualTo(enrolled);
        assertThat(only(twice).since()).isEqualTo(DAY);
        assertThat(only(twice).crossed()).isFalse();
    }

    @Test
    void aListOfAnotherArmMarksTheUserAsCrossedAndTheFirstArmStays() {
        assertThat(only(crossed).arm()).isEqualTo("arm-1");
        assertThat(only(crossed).crossed()).isTrue();
        assertThat(crossed.shown(List.of(CONTROL), at(30), DAY, List.of())).isEqualTo(crossed);
    }

    @Test
    void whatARecordIsToAnEnrolmentFollowsFromItsPosition() {
        assertThat(steps(enrolled, 9)).isEmpty();
        assertThat(steps(enrolled, 10)).containsExactly(Step.BEGINS);
        assertThat(steps(enrolled, 11)).containsExactly(Step.CONTINUES);

        assertThat(steps(crossed, 10)).containsExactly(Step.BEGINS);
        assertThat(steps(crossed, 19)).containsExactly(Step.CONTINUES);
        assertThat(steps(crossed, 20)).containsExactly(Step.CROSSES);
        assertThat(steps(crossed, 21)).isEmpty();
    }

    @Test
    void aResubmittedRecordBeginsAndCrossesWhatTheFirstOneDid() {
        assertThat(steps(enrolled, 15, at(10))).containsExactly(Step.BEGINS);
        assertThat(steps(crossed, 25, at(20))).containsExactly(Step.CROSSES);
        assertThat(steps(enrolled, 15, at(12))).containsExactly(Step.CONTINUES);
    }

    @Test
    void timesAreSecondsFromTheFirstImpressionAndEndWithTheLongestWindow() {
        assertThat(enrolled.of(at(11), List.of(), DAY.plusMillis(90_900)))
                .containsExactly(new Enrolled("a", "salt-1", "arm-1", 90, Step.CONTINUES));
        assertThat(enrolled.of(at(11), List.of(), DAY.minusSeconds(5)))
                .as("the clock of another device")
                .containsExactly(new Enrolled("a", "salt-1", "arm-1", 0, Step.CONTINUES));

        Instant end = DAY.plus(Enrolment.LONGEST_WINDOW);
        assertThat(enrolled.of(at(11), List.of(), end)).hasSize(1);
        assertThat(enrolled.of(at(11), List.of(), end.plusSeconds(1))).isEmpty();
        assertThat(crossed.of(at(20), List.of(), end.plusSeconds(1)))
                .as("who is left out is always told")
                .hasSize(1);
    }

    @Test
    void aUserTakesTheAnonymousEnrolmentAndGoesOnWithIt() {
        Enrolments taken = Enrolments.NONE.joinedBy(enrolled, at(500));

        assertThat(only(taken).arm()).isEqualTo("arm-1");
        assertThat(only(taken).since()).isEqualTo(DAY);
        assertThat(steps(taken, 3)).as("of another shard").containsExactly(Step.CONTINUES);
        assertThat(steps(taken, 500)).as("of another shard").containsExactly(Step.CONTINUES);
        assertThat(taken.crossedByForeign(at(500), null, DAY)).isEmpty();
        assertThat(taken.joinedBy(enrolled, at(600))).isEqualTo(taken);
    }

    @Test
    void twoIdsInOneArmStayAsTheyAre() {
        Enrolments user =
                Enrolments.NONE.shown(List.of(OTHER), at(7), DAY.plusSeconds(5), List.of());

        assertThat(user.joinedBy(enrolled, at(500))).isEqualTo(user);
        assertThat(enrolled.joinedTo(user, at(500))).isEqualTo(enrolled);
    }

    @Test
    void ofTwoIdsInDifferentArmsEachKeepsItsOwnAndIsCrossed() {
        Enrolments before =
                Enrolments.NONE.shown(List.of(CONTROL), at(7), DAY.plusSeconds(5), List.of());
        Enrolments user = before.joinedBy(enrolled, at(500));
        Enrolments anonymous = enrolled.joinedTo(before, at(500));

        assertThat(only(user).arm()).isEqualTo("control");
        assertThat(only(user).crossed()).isTrue();
        assertThat(only(anonymous).arm()).isEqualTo("arm-1");
        assertThat(user.crossedByForeign(at(500), null, DAY))
                .containsExactly(new Enrolled("a", "salt-1", "control", 0, Step.CROSSES));
        assertThat(anonymous.crossedByOwn(at(500), null, DAY))
                .containsExactly(new Enrolled("a", "salt-1", "arm-1", 0, Step.CROSSES));
        assertThat(user.crossedByForeign(at(501), at(500), DAY)).as("resubmitted").hasSize(1);
        assertThat(user.crossedByForeign(at(600), null, DAY)).as("the next sign-in").isEmpty();

        assertThat(steps(user, 8)).isEmpty();
        assertThat(steps(anonymous, 499)).containsExactly(Step.CONTINUES);
        assertThat(steps(anonymous, 501)).isEmpty();
    }

    @Test
    void anEnrolmentThatWasCrossedBeforeIsTakenCrossedAndNotCountedAgain() {
        Enrolments taken = Enrolments.NONE.joinedBy(crossed, at(500));

        assertThat(only(taken).crossed()).isTrue();
        assertThat(steps(taken, 8)).isEmpty();
        assertThat(taken.crossedByForeign(at(500), null, DAY)).isEmpty();
    }

    @Test
    void ofTwoIdsOfARequestTheFirstOnesEnrolmentsCount() {
        Enrolments user = Enrolments.NONE.shown(List.of(CONTROL), at(7), DAY, List.of());
        ListArm further = new ListArm("b", "salt-2", "x");
        Enrolments anonymous = enrolled.shown(List.of(further), at(12), DAY, List.of());

        Enrolments both = user.orThoseOf(anonymous);

        assertThat(both.in("a", "salt-1").orElseThrow().arm()).isEqualTo("control");
        assertThat(both.in("b", "salt-2").orElseThrow().arm()).isEqualTo("x");
    }

    @Test
    void ofMoreThanEightThoseLeaveThatWereNotShownForLongest() {
        Enrolments many = Enrolments.NONE;
        int[] shown = {0, 1, 2, 3, 4, 5, 6, 7, 0, 8};
        for (int list = 0; list < shown.length; list++) {
            ListArm arm = new ListArm("e" + shown[list], "salt", "control");
            many = many.shown(List.of(arm), at(list), DAY, List.of());
        }

        assertThat(many.all()).hasSize(Enrolments.MAX);
        assertThat(many.in("e0", "salt")).as("the oldest, which runs on").isPresent();
        assertThat(many.in("e1", "salt")).isEmpty();
        assertThat(many.of(at(30), List.of(), DAY))
                .extracting(Enrolled::experiment)
                .isSorted()
                .hasSize(Enrolments.MAX);
    }
}
