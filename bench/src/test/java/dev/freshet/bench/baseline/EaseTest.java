package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EaseTest {
    @Test
    void weightsEqualThoseOfTheClosedForm() {
        Histories people = new Histories();
        people.add(0, 0);
        people.add(0, 1);
        people.add(1, 0);
        people.add(1, 1);
        people.add(2, 0);
        Ease ease = new Ease(1);

        ease.train(people, 2);

        // G + I = (4 2; 2 3), its inverse (3 −2; −2 4) / 8, so B01 = 2/4 and B10 = 2/3.
        float[] scores = new float[2];
        ease.score(new int[] {0}, 1, scores);
        assertThat(scores[0]).isZero();
        assertThat(scores[1]).isEqualTo(0.5f, within(1e-6f));
        ease.score(new int[] {1}, 1, scores);
        assertThat(scores[0]).isEqualTo(2 / 3f, within(1e-6f));
        assertThat(scores[1]).isZero();
    }

    @Test
    void itemsThatCameAfterTheTrainingHaveNoScoreAndGiveNone() {
        Histories people = new Histories();
        people.add(0, 0);
        people.add(0, 1);
        Ease ease = new Ease(1);
        ease.train(people, 2);

        float[] scores = new float[3];
        ease.score(new int[] {2}, 1, scores);

        assertThat(scores).containsOnly(0);
    }

    @Test
    void moreItemsThanTheDenseMatrixHoldsAreRefused() {
        assertThatThrownBy(() -> new Ease(1).train(new Histories(), Ease.MAX_ITEMS + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
