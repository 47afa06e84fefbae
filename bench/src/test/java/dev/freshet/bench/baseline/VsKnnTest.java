package dev.freshet.bench.baseline;

import static dev.freshet.bench.baseline.Toys.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.baseline.UserBaskets.Unit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Session 0 contains items 0, 1 and 2; session 1 items 1 and 3; session 2 items 4 and 5. */
class VsKnnTest {
    /** Returns the scores for person 9 after these items in session 9. */
    private static float[] scores(Baseline baseline, int... own) {
        for (int item : own) {
            baseline.learn(inSession(9, item, 9));
        }
        return Toys.scores(baseline, inSession(9, 7, 9), 6);
    }

    private static Baseline learned(
            Unit unit, int window, int recent, int nearest, boolean byStep, double rarity) {
        Baseline baseline = new VsKnn(8, unit, window, recent, nearest, byStep, rarity);
        for (int item = 0; item < 3; item++) {
            baseline.learn(inSession(0, item, 0));
        }
        baseline.learn(inSession(1, 1, 1));
        baseline.learn(inSession(1, 3, 1));
        baseline.learn(inSession(0, 4, 2));
        baseline.learn(inSession(0, 5, 2));
        return baseline;
    }

    private static FirstInteraction inSession(int person, int item, int session) {
        return interaction(person, item, Duration.ZERO, session);
    }

    @Test
    void laterItemsOfTheSessionWeighMore() {
        // The newest, item 1, has weight 1 and is in both sessions; item 0 has weight ½.
        assertThat(scores(learned(Unit.SESSION, 10, 100, 100, false, 0), 0, 1))
                .containsExactly(1.5f, 2.5f, 1.5f, 1, 0, 0);
    }

    @Test
    void byStepABasketIsDividedByThePlaceOfItsNewestSharedItem() {
        // Item 4 has weight 1 and is in session 2; item 1, in second place, is in the others.
        assertThat(scores(learned(Unit.SESSION, 10, 100, 100, true, 0), 1, 4))
                .containsExactly(0.25f, 0.5f, 0.25f, 0.25f, 1, 1);
    }

    @Test
    void rareItemsWeighMoreByTheLogarithmOfTheirBaskets() {
        // Four baskets; item 1 is in two, item 3 in two with the own one.
        float twoOfFour = (float) (1 + 2 * Math.log(2));
        assertThat(scores(learned(Unit.SESSION, 10, 100, 100, false, 2), 3))
                .containsExactly(0, twoOfFour, 0, twoOfFour, 0, 0);
    }

    @Test
    void onlyTheNearestNeighboursContribute() {
        assertThat(scores(learned(Unit.SESSION, 10, 100, 1, false, 0), 0, 1))
                .containsExactly(1.5f, 1.5f, 1.5f, 0, 0, 0);
    }

    @Test
    void onlyTheMostRecentBasketsAreRead() {
        assertThat(scores(learned(Unit.SESSION, 10, 1, 100, false, 0), 0, 1))
                .containsExactly(0, 1, 0, 1, 0, 0);
    }

    @Test
    void aNewSessionIsExtendedByEarlierItemsOfThePerson() {
        Baseline baseline = learned(Unit.SESSION, 10, 100, 100, false, 0);
        baseline.learn(inSession(9, 4, 8));
        // Item 0 has weight 1, item 4 of the previous session ½; the person's own session 8 is a
        // neighbour too.
        assertThat(scores(baseline, 0)).containsExactly(1, 1, 1, 0, 1, 0.5f);
    }

    @Test
    void theWindowBoundsWhatIsCompared() {
        assertThat(scores(learned(Unit.SESSION, 1, 100, 100, false, 0), 4, 3))
                .containsExactly(0, 1, 0, 1, 0, 0);
    }

    @Test
    void peopleAreBasketsOfAllTheirSessionsAndANewPersonHasNoNeighbours() {
        assertThat(scores(learned(Unit.PERSON, 10, 100, 100, false, 0))).containsOnly(0);
        assertThat(scores(learned(Unit.PERSON, 10, 100, 100, false, 0), 0))
                .containsExactly(1, 1, 1, 0, 1, 1);
    }
}
