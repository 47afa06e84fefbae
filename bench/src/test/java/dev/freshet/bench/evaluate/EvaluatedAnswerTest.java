package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvaluatedAnswerTest {
    /** Six of seven items have interactions: item 0 of person 0, the others of person 1. */
    private final StreamState state = new StreamState(7);

    private final Eligible eligible = new Eligible(state, 0, false);
    private final EvaluatedAnswer answer = new EvaluatedAnswer();

    @BeforeEach
    void sixItemsAreKnown() {
        for (ReplayStep step :
                Toy.views("ann:a", "bob:b", "bob:c", "bob:d", "bob:e", "bob:f").steps()) {
            state.learn(step.interaction());
        }
        answer.clear();
    }

    @Test
    void anItemRanksAfterHigherScoresAndInTheMiddleOfEqualOnes() {
        answer.name(1, 9, eligible);
        answer.name(2, 5, eligible);
        answer.name(3, 5, eligible);
        answer.name(4, 5, eligible);

        assertThat(answer.place(1, eligible)).isEqualTo(new RankedPlace(0, 0));
        assertThat(answer.place(2, eligible)).isEqualTo(new RankedPlace(1, 2));
        assertThat(answer.place(2, eligible).rank()).isEqualTo(3);
        assertThat(answer.place(4, eligible)).isEqualTo(new RankedPlace(1, 2));
    }

    @Test
    void unlistedItemsShareTheLastPlaces() {
        answer.name(1, 9, eligible);

        // Items 1 to 5 are eligible; 2, 3, 4 and 5 share the places 2 to 5.
        assertThat(answer.place(3, eligible)).isEqualTo(new RankedPlace(1, 3));
        assertThat(answer.place(3, eligible).rank()).isEqualTo(3.5f);
    }

    @Test
    void seenAndUnknownItemsAreNotRanked() {
        answer.name(0, 9, eligible);
        answer.name(6, 8, eligible);
        answer.name(-1, 7, eligible);
        answer.name(2, 1, eligible);

        assertThat(answer.place(2, eligible)).isEqualTo(new RankedPlace(0, 0));
        assertThat(answer.top(10)).isEqualTo(1);
        assertThat(answer.item(0)).isEqualTo(2);
    }

    @Test
    void withRepeatsSeenItemsAreRanked() {
        Eligible all = new Eligible(state, 0, true);
        answer.name(0, 9, all);
        answer.name(2, 1, all);

        assertThat(answer.place(2, all)).isEqualTo(new RankedPlace(1, 0));
        assertThat(all.size()).isEqualTo(6);
    }

    @Test
    void anEarlierListPrecedesALaterOneRegardlessOfScores() {
        answer.name(3, 1, eligible);
        answer.nextList();
        answer.name(4, 1, eligible);
        answer.name(3, 0, eligible);

        assertThat(answer.place(3, eligible)).isEqualTo(new RankedPlace(0, 0));
        assertThat(answer.place(4, eligible)).isEqualTo(new RankedPlace(1, 0));
    }

    @Test
    void scoresOfAllItemsAreCountedWithoutWhatIsNotEligible() {
        float[] scores = {99, 1, 2, 2, 3, 2};

        assertThat(EvaluatedAnswer.place(2, scores, eligible)).isEqualTo(new RankedPlace(1, 2));
        assertThat(EvaluatedAnswer.place(4, scores, eligible)).isEqualTo(new RankedPlace(0, 0));

        answer.scores(scores, eligible, 2);
        assertThat(answer.top(10)).isEqualTo(2);
        assertThat(answer.item(0)).isEqualTo(4);
        assertThat(answer.item(1)).isEqualTo(2);
    }
}
