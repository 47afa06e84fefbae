package dev.freshet.experiment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.experiment.ShadowAnalysis.ShadowResult;
import dev.freshet.model.sums.ShadowSums;
import dev.freshet.model.sums.ShadowSums.Tally;
import dev.freshet.statistics.ImportanceWeights;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class ShadowAnalysisTest {
    private static final int LISTS = 20_000;

    private static ShadowResult result(Tally tally) {
        return ShadowAnalysis.of("quieter", tally.sums(), 10_000, 5_000);
    }

    /** Lists of two places of which a third is clicked at the top, whatever their weight. */
    private static Tally lists(int count, DoubleSupplier logRatio) {
        Random random = new Random(1);
        Tally tally = ShadowSums.ZERO.tally();
        for (int list = 0; list < count; list++) {
            double upper = logRatio.getAsDouble();
            tally.shown(list % 256, new double[] {upper, upper + logRatio.getAsDouble()});
            if (random.nextInt(3) == 0) {
                tally.clicked(list % 256, 0, upper);
            }
        }
        return tally;
    }

    /** The weights 1/2 and 2, with a mean of 1. */
    private static DoubleSupplier halvesAndDoubles() {
        Random random = new Random(2);
        return () -> Math.log(random.nextInt(3) == 0 ? 2 : 0.5);
    }

    @Test
    void aShadowHasTheClicksOfTheListsWithTheirWeights() {
        ShadowResult result = result(lists(LISTS, halvesAndDoubles()));

        assertThat(result.refusals()).isEmpty();
        assertThat(result.lists()).isEqualTo(LISTS);
        assertThat(result.places()).isEqualTo(2);
        assertThat(result.effective()).isCloseTo(LISTS / 1.5, within(LISTS * 0.03));
        assertThat(result.meanWeight()).isCloseTo(1, within(0.03));
        assertThat(requireNonNull(result.logged()).value()).isCloseTo(1.0 / 3, within(0.02));
        assertThat(requireNonNull(result.rips()).value()).isCloseTo(1.0 / 3, within(0.02));
        assertThat(requireNonNull(result.snrips()).value()).isCloseTo(1.0 / 3, within(0.02));
        assertThat(result.snrips().interval().contains(1.0 / 3)).isTrue();
        assertThat(requireNonNull(result.difference()).interval().contains(0)).isTrue();
        assertThat(result.difference().interval().high() - result.difference().interval().low())
                .isLessThan(result.snrips().interval().high() - result.snrips().interval().low());
    }

    @Test
    void aShadowThatIsThePolicyItselfHasItsClicks() {
        ShadowResult result = result(lists(LISTS, () -> 0));

        assertThat(requireNonNull(result.snrips())).isEqualTo(result.logged());
        assertThat(requireNonNull(result.difference()).value()).isEqualTo(0);
        assertThat(result.difference().interval().contains(0)).isTrue();
    }

    @Test
    void tooFewListsAreRefused() {
        ShadowResult result = result(lists(400, () -> 0));

        assertThat(result.places()).isZero();
        assertThat(result.snrips()).isNull();
        assertThat(result.refusals())
                .singleElement()
                .asString()
                .startsWith("The effective sample size is 400.0 of 400 lists");
        assertThat(result(ShadowSums.ZERO.tally()).refused()).isTrue();
    }

    @Test
    void placesBelowThoseThatAgreeAreLeftOut() {
        Random random = new Random(3);
        Tally tally = ShadowSums.ZERO.tally();
        for (int list = 0; list < LISTS; list++) {
            double lower = random.nextInt(1_000) == 0 ? Math.log(1_000) : Double.NEGATIVE_INFINITY;
            tally.shown(list % 256, new double[] {0, lower});
            tally.clicked(list % 256, 1, lower);
        }
        ShadowResult result = result(tally);

        assertThat(result.refusals()).isEmpty();
        assertThat(result.places()).isEqualTo(1);
        assertThat(requireNonNull(result.snrips()).value()).isZero();
    }

    @Test
    void weightsWithAnotherMeanThanOneAreRefused() {
        Random random = new Random(4);
        ShadowResult result =
                result(lists(LISTS, () -> Math.log(random.nextInt(2) == 0 ? 2 : 0.5)));

        assertThat(result.meanWeight()).isCloseTo(1.25, within(0.02));
        assertThat(result.refusals())
                .anyMatch(why -> why.startsWith("The mean weight at place 1 is 1.2"));
        assertThat(result.rips()).isNull();
    }

    @Test
    void oneListThatOutweighsTheOthersIsRefused() {
        ImportanceWeights weights = new ImportanceWeights(10_000, 10_000, 1_000_000, 600, 1);

        assertThat(weights.problems(3))
                .containsExactly("One list has 6 % of all weight at place 3; at most 5 % may be.");
    }

    @Test
    void clippedWeightsAndListsLeftOutAreReported() {
        Tally tally = lists(LISTS, () -> 0);
        tally.shown(0, new double[] {Math.log(2_000)});
        tally.leftOut();

        assertThat(result(tally).clipped()).isEqualTo(1);
        assertThat(result(tally).leftOut()).isEqualTo(1);
    }
}
