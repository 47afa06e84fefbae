package dev.freshet.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The simulations of {@code freshet bench experiments}, with fewer runs and users. */
class ExperimentFiguresTest {
    private static final ExperimentFigures.Size SHORT =
            new ExperimentFigures.Size(400, 50, 1_000, 200, 1);

    /** What a share of .05 exceeds in 400 runs with a chance of .01. */
    private static final double FALSE_ALARMS = 0.078;

    @Test
    void conclusionsAreSeldomFalseAlthoughEveryLookCounts() {
        ExperimentFigures figures = ExperimentFigures.of(SHORT, what -> {});

        assertThat(figures.falseAlarms()).as(figures.toString()).isLessThan(FALSE_ALARMS);
        assertThat(figures.peekedZ()).as(figures.toString()).isGreaterThan(0.2);
        assertThat(figures.scenarios().clicks().lookedOnceZ())
                .as(figures.toString())
                .isBetween(0.02, 0.09);
        assertThat(figures.coverage()).as(figures.toString()).isGreaterThan(0.95);
        assertThat(figures.srmFalse()).as(figures.toString()).isLessThan(0.03);
        assertThat(figures.srmFound()).as(figures.toString()).isGreaterThan(0.6);
    }

    @Test
    void aLargeTrueDifferenceIsFound() {
        ExperimentFigures.Size size = new ExperimentFigures.Size(40, 10, 10_000, 1, 1);
        ExperimentFigures figures = ExperimentFigures.of(size, what -> {});

        assertThat(figures.power10()).as(figures.toString()).isGreaterThan(0.5);
    }

    @Test
    void oneSeedGivesOneResult() {
        ExperimentFigures.Size size = new ExperimentFigures.Size(8, 10, 500, 4, 7);

        assertThat(ExperimentFigures.of(size, what -> {}))
                .isEqualTo(ExperimentFigures.of(size, what -> {}));
    }
}
