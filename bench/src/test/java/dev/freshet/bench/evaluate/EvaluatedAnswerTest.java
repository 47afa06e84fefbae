package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.StreamState.Eligible;
import dev.freshet.bench.evaluate.Trace.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvaluatedAnswerTest {
    /** Six of seven items have interactions: item 0 of person 0, the others of person 1. */
    private final StreamState state = new StreamState(7);

    private final Eligible eligible = new Eligible(state, 0, false);
    private final EvaluatedAnswer answer = new EvaluatedAnswer(eligible);

    @BeforeEach
    void sixItemsAreKnown() {
        for (Step step : Toy.views("ann:a", "bob:b", "bob:c", "bob:d", "bob:e", "bob:f").steps()) {
            state.learn(step.interaction());
        }
    }

    @Test
    void anItemRanksAfterHigherScoresAndInTheMiddleOfEqualOnes() {
        answer.name(1, 9);
        answer.name(2, 5);
        answer.name(3, 5);
        answer.name(4, 5);

        assertThat(answer.rank(1)).isEqualTo(1f);
        assertThat(answer.rank(2)).isEqualTo(3f);
        assertThat(answer.rank(4)).isEqualTo(3f);
    }

    @Test
    void unlistedItemsShareTheLastPlaces() {
        answer.name(1, 9);

        // Items 1 to 5 are eligible; 2, 3, 4 and 5 share the places 2 to 5.
        assertThat(answer.rank(3)).isEqualTo(3.5f);
    }

    @Test
    void seenAndUnknownItemsAreNotRanked() {
        answer.name(0, 9);
        answer.name(6, 8);
        answer.name(-1, 7);
        answer.name(2, 1);

        assertThat(answer.rank(2)).isEqualTo(1f);
        assertThat(answer.top(10)).isEqualTo(1);
        assertThat(answer.item(0)).isEqualTo(2);
    }

    @Test
    void withRepeatsSeenItemsAreRanked() {
        Eligible all = new Eligible(state, 0, true);
        EvaluatedAnswer repeated = new EvaluatedAnswer(all);
        repeated.name(0, 9);
        repeated.name(2, 1);

        assertThat(repeated.rank(2)).isEqualTo(2);
        assertThat(all.size()).isEqualTo(6);
    }

    @Test
    void anEarlierListPrecedesALaterOneRegardlessOfScores() {
        answer.name(3, 1);
        answer.nextList();
        answer.name(4, 1);
        answer.name(3, 0);

        assertThat(answer.rank(3)).isEqualTo(1f);
        assertThat(answer.rank(4)).isEqualTo(2f);
    }

    @Test
    void scoresOfAllItemsAreCountedWithoutWhatIsNotEligible() {
        float[] scores = {99, 1, 2, 2, 3, 2};

        answer.scores(scores, 2);

        assertThat(answer.rank(2)).isEqualTo(3);
        assertThat(answer.rank(4)).isEqualTo(1);
        assertThat(answer.top(10)).isEqualTo(2);
        assertThat(answer.item(0)).isEqualTo(4);
        assertThat(answer.item(1)).isEqualTo(2);
    }
}
