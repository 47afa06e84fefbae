package dev.freshet.bench.rival;

import static dev.freshet.bench.rival.Toys.interaction;
import static dev.freshet.bench.rival.Toys.scores;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Session 0 holds items 0, 1 and 2; session 1 items 1 and 3; session 2 items 4 and 5. */
class VsKnnTest {
    private static final FirstInteraction ASKED = inSession(9, 7, 9);

    @Test
    void laterItemsOfTheSessionWeighMore() {
        Baseline rival = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 10, 100, 100));
        rival.learn(inSession(9, 0, 9));
        rival.learn(inSession(9, 1, 9));
        // The newest, item 1, weighs 1 and is shared by both; item 0 weighs ½.
        assertThat(scores(rival, ASKED, 6)).containsExactly(1.5f, 2.5f, 1.5f, 1, 0, 0);
    }

    @Test
    void onlyTheNearestNeighboursHaveASay() {
        Baseline rival = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 10, 100, 1));
        rival.learn(inSession(9, 0, 9));
        rival.learn(inSession(9, 1, 9));
        assertThat(scores(rival, ASKED, 6)).containsExactly(1.5f, 1.5f, 1.5f, 0, 0, 0);
    }

    @Test
    void onlyTheMostRecentBasketsAreLookedAt() {
        Baseline rival = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 10, 1, 100));
        rival.learn(inSession(9, 0, 9));
        rival.learn(inSession(9, 1, 9));
        assertThat(scores(rival, ASKED, 6)).containsExactly(0, 1, 0, 1, 0, 0);
    }

    @Test
    void aSessionThatJustBeganIsFilledUpWithWhatThePersonSeenBefore() {
        Baseline rival = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 10, 100, 100));
        rival.learn(inSession(9, 4, 8));
        rival.learn(inSession(9, 0, 9));
        // Item 0 weighs 1, item 4 of the session before ½: its own session 8 is a neighbour too.
        assertThat(scores(rival, ASKED, 6)).containsExactly(1, 1, 1, 0, 1, 0.5f);
    }

    @Test
    void theWindowBoundsWhatIsCompared() {
        Baseline rival = learned(new VsKnn(8, UserBaskets.Unit.SESSION, 1, 100, 100));
        rival.learn(inSession(9, 4, 9));
        rival.learn(inSession(9, 3, 9));
        assertThat(scores(rival, ASKED, 6)).containsExactly(0, 1, 0, 1, 0, 0);
    }

    @Test
    void somebodyNewHasNoNeighbours() {
        Baseline rival = learned(new VsKnn(8, UserBaskets.Unit.PERSON, 10, 100, 100));
        assertThat(scores(rival, ASKED, 6)).containsOnly(0);
    }

    @Test
    void peopleAreBasketsOfAllTheirSessions() {
        Baseline rival = learned(new VsKnn(8, UserBaskets.Unit.PERSON, 10, 100, 100));
        rival.learn(inSession(9, 0, 9));
        assertThat(scores(rival, ASKED, 6)).containsExactly(1, 1, 1, 0, 1, 1);
    }

    private static Baseline learned(Baseline rival) {
        rival.learn(inSession(0, 0, 0));
        rival.learn(inSession(0, 1, 0));
        rival.learn(inSession(0, 2, 0));
        rival.learn(inSession(1, 1, 1));
        rival.learn(inSession(1, 3, 1));
        rival.learn(inSession(0, 4, 2));
        rival.learn(inSession(0, 5, 2));
        return rival;
    }

    private static FirstInteraction inSession(int person, int item, int session) {
        return interaction(person, item, Duration.ZERO, session);
    }
}
