package dev.freshet.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The simulation of shadows of {@code freshet bench experiments}, with fewer lists and seeds. */
class ShadowRepetitionTest {
    private static final ShadowRepetition.Size SHORT = new ShadowRepetition.Size(4_000, 10, 1);

    private static void assertRight(ShadowRepetition figures) {
        assertThat(figures.refused()).as(figures.toString()).isLessThanOrEqualTo(0.1);
        assertThat(figures.bias()).as(figures.toString()).isBetween(-0.03, 0.03);
        assertThat(figures.error()).as(figures.toString()).isLessThan(0.15);
        assertThat(figures.coverage()).as(figures.toString()).isGreaterThanOrEqualTo(0.9);
        assertThat(figures.truth()).hasSize(SimulatedLists.PLACES + 1).isSorted();
    }

    @Test
    void theEstimateIsTheTrueValueOfAShadowThatDrawsItsLists() {
        ShadowRepetition figures = ShadowRepetition.of(0.15, SHORT);

        assertRight(figures);
        assertThat(figures.places()).as(figures.toString()).isGreaterThan(8);
    }

    @Test
    void theEstimateOfAShadowThatTakesTheBestIsRightForTheUpperPlaces() {
        ShadowRepetition figures = ShadowRepetition.of(0, SHORT);

        assertRight(figures);
        assertThat(figures.places()).as(figures.toString()).isBetween(2.0, 8.0);
    }
}
