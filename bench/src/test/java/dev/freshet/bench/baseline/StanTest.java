package dev.freshet.bench.baseline;

import static dev.freshet.bench.baseline.Toys.interaction;
import static dev.freshet.bench.baseline.Toys.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Session 0 contains items 0, 1 and 2 in this order; session 1, a day later, items 1 and 3; session
 * 2, another day later, item 4 alone.
 */
class StanTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;
    private static final double E = Math.exp(-1);

    private static final FirstInteraction ASKED = inSession(9, 7, 9, 3);

    private static Stan.Settings stan(double position, double age, double distance) {
        return Stan.Settings.STAN.decaying(new Stan.Decays(position, age, distance, NEVER));
    }

    @Test
    void withoutDecaysScoresAreSumsOfCosines() {
        float[] scores = scores(learned(stan(NEVER, NEVER, NEVER)), ASKED, 6);

        double first = 2 / Math.sqrt(2 * 3);
        double second = 1 / Math.sqrt(2 * 2);
        assertScores(scores, first, first + second, first, second, 0, 0);
    }

    @Test
    void laterItemsOfTheCurrentSessionWeighMore() {
        float[] scores = scores(learned(stan(1, NEVER, NEVER)), ASKED, 6);

        // w1 of item 1, the last one, is 1; of item 0 it is 1/e.
        double norm = Math.sqrt(1 + E * E);
        double first = (1 + E) / (norm * Math.sqrt(3));
        double second = 1 / (norm * Math.sqrt(2));
        assertScores(scores, first, first + second, first, second, 0, 0);
    }

    @Test
    void olderSessionsAreLessSimilar() {
        float[] scores = scores(learned(stan(NEVER, 1, NEVER)), ASKED, 6);

        // Session 0 is a day older than session 1, the most recent one that shares an item.
        double first = E * 2 / Math.sqrt(2 * 3);
        double second = 1 / Math.sqrt(2 * 2);
        assertScores(scores, first, first + second, first, second, 0, 0);
    }

    @Test
    void itemsNearTheLastSharedOneWeighMore() {
        float[] scores = scores(learned(stan(NEVER, NEVER, 1)), ASKED, 6);

        // Item 1 is the last shared one of both sessions; 0, 2 and 3 are next to it.
        double first = 2 / Math.sqrt(2 * 3);
        double second = 1 / Math.sqrt(2 * 2);
        assertScores(scores, E * first, first + second, E * first, E * second, 0, 0);
    }

    @Test
    void vstanAddsThePlaceOfTheMatchAndTheRarityOfTheItem() {
        Stan.Settings vstan =
                Stan.Settings.VSTAN.decaying(new Stan.Decays(NEVER, NEVER, NEVER, 2)).withIdf(0.5);
        Baseline baseline = learned(vstan);
        baseline.learn(inSession(9, 5, 9, 3));

        float[] scores = scores(baseline, ASKED, 6);

        // The session is 0, 1, 5, so that the last match, item 1, lies one event back. There are
        // four sessions; items 0 and 1 are in two and three, items 2 and 3 in one each.
        double back = Math.exp(-1 / 2.0);
        double first = back * 2 / Math.sqrt(3 * 3);
        double second = back * 1 / Math.sqrt(3 * 2);
        assertScores(
                scores,
                first * (1 + 0.5 * Math.log(4 / 2.0)),
                (first + second) * (1 + 0.5 * Math.log(4 / 3.0)),
                first * (1 + 0.5 * Math.log(4)),
                second * (1 + 0.5 * Math.log(4)),
                0,
                0);
    }

    @Test
    void aRepeatedItemHasThePositionOfItsLastEvent() {
        Baseline baseline = new Stan(8, stan(1, NEVER, 1));
        for (int item : new int[] {0, 1, 2, 0}) {
            baseline.learn(inSession(0, item, 0, 0));
        }
        baseline.learn(inSession(9, 1, 9, 1));

        float[] scores = scores(baseline, ASKED, 4);

        // Item 0 is last at position 4, two behind item 1 at position 2; item 2 is at position 3.
        double similar = 1 / Math.sqrt(3);
        assertScores(scores, E * E * similar, similar, E * similar, 0);
    }

    @Test
    void aFrozenBaselineKnowsTheSessionAndLearnsNoPairs() {
        Baseline baseline = learned(stan(NEVER, NEVER, NEVER));
        baseline.observe(inSession(8, 0, 8, 3));
        baseline.observe(inSession(8, 4, 8, 3));

        float[] own = scores(baseline, inSession(8, 7, 8, 3), 6);
        float[] others = scores(baseline, ASKED, 6);

        // Session 8 is 0, 4: session 0 and the own session 9 (0, 1) share item 0, session 2 item 4.
        double first = 1 / Math.sqrt(2 * 3);
        double ninth = 1 / Math.sqrt(2 * 2);
        double second = 1 / Math.sqrt(2);
        assertScores(own, first + ninth, first + ninth, first, 0, second, 0);
        assertThat(others[4]).isZero();
    }

    private static Baseline learned(Stan.Settings settings) {
        Baseline baseline = new Stan(8, settings);
        for (int item = 0; item < 3; item++) {
            baseline.learn(inSession(0, item, 0, 0));
        }
        baseline.learn(inSession(1, 1, 1, 1));
        baseline.learn(inSession(1, 3, 1, 1));
        baseline.learn(inSession(2, 4, 2, 2));
        baseline.learn(inSession(9, 0, 9, 3));
        baseline.learn(inSession(9, 1, 9, 3));
        return baseline;
    }

    private static void assertScores(float[] scores, double... expected) {
        assertThat(scores).hasSize(expected.length);
        for (int item = 0; item < expected.length; item++) {
            assertThat((double) scores[item])
                    .as("item %d", item)
                    .isCloseTo(expected[item], within(1e-6));
        }
    }

    private static FirstInteraction inSession(int person, int item, int session, int day) {
        return interaction(person, item, Duration.ofDays(day), session);
    }
}
