package dev.freshet.bench.baseline;

import static dev.freshet.bench.baseline.Toys.interaction;
import static dev.freshet.bench.baseline.Toys.scores;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Session 0 contains items 0, 1 and 2; session 1 items 1 and 3; session 2 items 4 and 5. */
class VsKnnTest {
    private static final FirstInteraction ASKED = inSession(9, 7, 9);

    @Test
    void laterItemsOfTheSessionWeighMore() {
        Baseline baseline = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 10, 100, 100, false, 0));
        baseline.learn(inSession(9, 0, 9));
        baseline.learn(inSession(9, 1, 9));
        // The newest, item 1, has weight 1 and is in both sessions; item 0 has weight ½.
        assertThat(scores(baseline, ASKED, 6)).containsExactly(1.5f, 2.5f, 1.5f, 1, 0, 0);
    }

    @Test
    void byStepABasketIsDividedByThePlaceOfItsNewestSharedItem() {
        Baseline baseline = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 10, 100, 100, true, 0));
        baseline.learn(inSession(9, 1, 9));
        baseline.learn(inSession(9, 4, 9));
        // Item 4 has weight 1 and is in session 2; item 1, in second place, is in the others.
        assertThat(scores(baseline, ASKED, 6)).containsExactly(0.25f, 0.5f, 0.25f, 0.25f, 1, 1);
    }

    @Test
    void rareItemsWeighMoreByTheLogarithmOfTheirBaskets() {
        Baseline baseline = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 10, 100, 100, false, 2));
        baseline.learn(inSession(9, 3, 9));
        // Four baskets; item 1 is in two, item 3 in two with the own one.
        float twoOfFour = (float) (1 + 2 * Math.log(2));
        assertThat(scores(baseline, ASKED, 6)).containsExactly(0, twoOfFour, 0, twoOfFour, 0, 0);
    }

    @Test
    void onlyTheNearestNeighboursContribute() {
        Baseline baseline = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 10, 100, 1, false, 0));
        baseline.learn(inSession(9, 0, 9));
        baseline.learn(inSession(9, 1, 9));
        assertThat(scores(baseline, ASKED, 6)).containsExactly(1.5f, 1.5f, 1.5f, 0, 0, 0);
    }

    @Test
    void onlyTheMostRecentBasketsAreRead() {
        Baseline baseline = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 10, 1, 100, false, 0));
        baseline.learn(inSession(9, 0, 9));
        baseline.learn(inSession(9, 1, 9));
        assertThat(scores(baseline, ASKED, 6)).containsExactly(0, 1, 0, 1, 0, 0);
    }

    @Test
    void aNewSessionIsExtendedByEarlierItemsOfThePerson() {
        Baseline baseline = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 10, 100, 100, false, 0));
        baseline.learn(inSession(9, 4, 8));
        baseline.learn(inSession(9, 0, 9));
        // Item 0 has weight 1, item 4 of the previous session ½; the person's own session 8 is a
        // neighbour too.
        assertThat(scores(baseline, ASKED, 6)).containsExactly(1, 1, 1, 0, 1, 0.5f);
    }

    @Test
    void theWindowBoundsWhatIsCompared() {
        Baseline baseline = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 1, 100, 100, false, 0));
        baseline.learn(inSession(9, 4, 9));
        baseline.learn(inSession(9, 3, 9));
        assertThat(scores(baseline, ASKED, 6)).containsExactly(0, 1, 0, 1, 0, 0);
    }

    @Test
    void aNewPersonHasNoNeighbours() {
        Baseline baseline = learned(new VsKnn(8, UserBaskets.Unit.PERSON, 10, 100, 100, false, 0));
        assertThat(scores(baseline, ASKED, 6)).containsOnly(0);
    }

    @Test
    void peopleAreBasketsOfAllTheirSessions() {
        Baseline baseline = learned(new VsKnn(8, UserBaskets.Unit.PERSON, 10, 100, 100, false, 0));
        baseline.learn(inSession(9, 0, 9));
        assertThat(scores(baseline, ASKED, 6)).containsExactly(1, 1, 1, 0, 1, 1);
    }

    private static Baseline learned(Baseline baseline) {
        baseline.learn(inSession(0, 0, 0));
        baseline.learn(inSession(0, 1, 0));
        baseline.learn(inSession(0, 2, 0));
        baseline.learn(inSession(1, 1, 1));
        baseline.learn(inSession(1, 3, 1));
        baseline.learn(inSession(0, 4, 2));
        baseline.learn(inSession(0, 5, 2));
        return baseline;
    }

    private static FirstInteraction inSession(int person, int item, int session) {
        return interaction(person, item, Duration.ZERO, session);
    }
}
