package dev.freshet.experiment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.access.ListArm;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Context;
import dev.freshet.event.ShardPosition;
import dev.freshet.experiment.Experiment.Arm;
import dev.freshet.experiment.Experiment.AssignmentHash;
import dev.freshet.experiment.ExperimentSet.Assignment;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentTest {
    private static final ShardPosition RECORD = new ShardPosition("events/0", BigInteger.ONE);
    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");

    private static final ExperimentSet EVEN =
            ExperimentSet.NONE.with(Definitions.open("a", "ranking", 0.5, 0.5));

    private static List<String> arms(ExperimentSet set, String user, Enrolments enrolments) {
        return set.assign(user, "home", Context.UNKNOWN, enrolments, true, () -> null).stream()
                .map(one -> one.experiment().id() + "/" + one.arm().id())
                .toList();
    }

    private static Enrolments enrolled(Experiment experiment, String arm) {
        ListArm shown = new ListArm(experiment.id(), experiment.salt(), arm);
        return Enrolments.NONE.shown(List.of(shown), RECORD, DAY, List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "layer-1, reader-1, .364867", "layer-1, reader-2, .173307",
        "exp-a, reader-1, .934707", "exp-a, reader-2, .600943",
        "exp-b, reader-1, .415755"
    })
    void theHashIsTheOneOfTheVectors(String salt, String user, double hash) {
        assertThat(AssignmentHash.of(salt, user)).isCloseTo(hash, within(5e-7));
    }

    /** Wilson and Hilferty's approximation of the point that χ² exceeds with a chance of .001. */
    private static double limit(int degrees) {
        double step = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - step + 3.0902 * Math.sqrt(step), 3);
    }

    private static double chiSquare(long[] counts, double expected) {
        return Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    @Test
    void aHundredThousandIdsSpreadEvenlyOverAHundredSlots() {
        long[] counts = new long[100];
        for (int user = 0; user < 100_000; user++) {
            counts[AssignmentHash.slot("layer-1", "user-" + user) / 100]++;
        }

        assertThat(chiSquare(counts, 1_000)).isLessThan(limit(99));
    }

    @Test
    void theSlotsOfTwoLayersAreIndependent() {
        long[] counts = new long[100];
        for (int user = 0; user < 100_000; user++) {
            int one = AssignmentHash.slot("ranking", "user-" + user) / 1_000;
            int other = AssignmentHash.slot("page", "user-" + user) / 1_000;
            counts[10 * one + other]++;
        }

        assertThat(chiSquare(counts, 1_000)).isLessThan(limit(99));
    }

    @Test
    void armsHaveTheirWeightsWithinEveryLayer() {
        Experiment experiment = Definitions.open("three", "ranking", 0.5, 0.3, 0.2);
        long[] counts = new long[3];
        for (int user = 0; user < 100_000; user++) {
            counts[experiment.arms().indexOf(experiment.hashed("user-" + user))]++;
        }

        assertThat(counts[0]).isCloseTo(50_000, within(700L));
        assertThat(counts[1]).isCloseTo(30_000, within(700L));
        assertThat(counts[2]).isCloseTo(20_000, within(700L));
    }

    @Test
    void whenTrafficGrowsNobodyChangesArmAndNobodyLeaves() {
        Experiment small = Definitions.with(tree -> tree.put("traffic", 0.1));
        Experiment large = Definitions.with(tree -> tree.put("traffic", 0.5));
        int before = 0;
        int after = 0;
        for (int user = 0; user < 20_000; user++) {
            Arm first = small.hashed("user-" + user);
            Arm then = large.hashed("user-" + user);
            before += first == null ? 0 : 1;
            after += then == null ? 0 : 1;
            if (first != null) {
                assertThat(requireNonNull(then).id()).isEqualTo(first.id());
            }
        }

        assertThat(before).isCloseTo(1_000, within(130));
        assertThat(after).isCloseTo(5_000, within(260));
    }

    @Test
    void onlyTargetedRequestsAreInTheExperiment() {
        ExperimentSet set =
                ExperimentSet.NONE.with(Definitions.with(tree -> tree.put("traffic", 1)));
        Context brazil = Context.of(null, "BR", null);
        int in = 0;
        for (int user = 0; user < 1_000; user++) {
            String id = "user-" + user;
            in += set.assign(id, "home", brazil, Enrolments.NONE, true, () -> null).size();
            assertThat(set.assign(id, "search", brazil, Enrolments.NONE, true, () -> null))
                    .isEmpty();
            assertThat(set.assign(id, "home", Context.UNKNOWN, Enrolments.NONE, true, () -> null))
                    .isEmpty();
        }

        assertThat(in).isCloseTo(500, within(80));
    }

    @Test
    void aSegmentDecidesWhoEntersAndNobodyWhoIsEnrolledLeaves() {
        Experiment experiment =
                Definitions.with(
                        tree -> {
                            tree.put("traffic", 1).putArray("slots");
                            tree.putObject("target").putArray("segments").add("s3");
                        });
        ExperimentSet set = ExperimentSet.NONE.with(experiment);
        Enrolments enrolled = enrolled(experiment, "pl");

        assertThat(arms(set, Enrolments.NONE, "s3")).hasSize(1);
        assertThat(arms(set, Enrolments.NONE, "s4")).isEmpty();
        assertThat(arms(set, Enrolments.NONE, null)).isEmpty();
        assertThat(arms(set, enrolled, "s4")).containsExactly("pl");
        assertThat(arms(set, enrolled, null)).containsExactly("pl");
    }

    private static List<String> arms(
            ExperimentSet set, Enrolments enrolments, @Nullable String segment) {
        return set
                .assign("user-1", "home", Context.UNKNOWN, enrolments, true, () -> segment)
                .stream()
                .map(one -> one.arm().id())
                .toList();
    }

    @Test
    void theSegmentIsAskedForOnlyWhereAnExperimentIsAboutSegments() {
        Supplier<@Nullable String> never =
                () -> {
                    throw new AssertionError("nobody needs the segment");
                };

        assertThat(EVEN.assign("u", "home", Context.UNKNOWN, Enrolments.NONE, true, never))
                .hasSize(1);
    }

    @Test
    void anEnrolmentBeatsTheHash() {
        Experiment experiment = Definitions.open("a", "ranking", 0.5, 0.5);
        ExperimentSet set = ExperimentSet.NONE.with(experiment);
        String user = "user-1";
        String hashed = requireNonNull(experiment.hashed(user)).id();
        String other = hashed.equals("control") ? "arm-1" : "control";

        Enrolments enrolled = enrolled(experiment, other);

        assertThat(arms(set, user, Enrolments.NONE)).containsExactly("a/" + hashed);
        assertThat(arms(set, user, enrolled)).containsExactly("a/" + other);
    }

    @Test
    void anEnrolmentOfAnEarlierPhaseCountsNoMore() {
        Experiment first = Definitions.open("a", "ranking", 0.5, 0.5);
        Experiment second = Definitions.open("a2", "ranking", 0.5, 0.5);
        Enrolments enrolled = enrolled(first, "arm-1");

        assertThat(enrolled.in("a", first.salt())).isPresent();
        assertThat(enrolled.in("a", second.salt())).isEmpty();
    }

    @Test
    void withoutConsentToAnalyticsEverybodyGetsTheControlUncounted() {
        for (int user = 0; user < 50; user++) {
            String id = "user-" + user;
            assertThat(EVEN.assign(id, "home", Context.UNKNOWN, Enrolments.NONE, false, () -> null))
                    .singleElement()
                    .returns("control", one -> one.arm().id())
                    .returns(false, Assignment::counted);
        }
    }

    @Test
    void whoIsHeldOutIsInNoOtherExperiment() {
        ExperimentSet set = EVEN.with(Definitions.with(ExperimentReaderTest::holdout));
        int held = 0;
        for (int user = 0; user < 10_000; user++) {
            List<String> arms = arms(set, "user-" + user, Enrolments.NONE);
            if (arms.contains("worth/popular")) {
                held++;
                assertThat(arms).hasSize(1);
            } else {
                assertThat(arms).hasSize(2).contains("worth/personalised");
            }
        }

        assertThat(held).isCloseTo(300, within(70));
    }
}
