package dev.freshet.bench.baseline;

import static dev.freshet.bench.baseline.Toys.people;
import static dev.freshet.bench.baseline.Toys.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EaseTest {
    @Test
    void weightsEqualThoseOfTheClosedForm() {
        Ease ease = new Ease(1);
        ease.train(people(new int[][] {{0, 1}, {0, 1}, {0}}), 2);
        // G + I = (4 2; 2 3), its inverse (3 −2; −2 4) / 8, so B01 = 2/4 and B10 = 2/3.
        float[] ofFirst = scores(ease, 2, 0);
        assertThat(ofFirst[0]).isZero();
        assertThat(ofFirst[1]).isEqualTo(0.5f, within(1e-6f));
        float[] ofSecond = scores(ease, 2, 1);
        assertThat(ofSecond[0]).isEqualTo(2 / 3f, within(1e-6f));
        assertThat(ofSecond[1]).isZero();
    }

    @Test
    void itemsThatCameAfterTheTrainingHaveNoScoreAndGiveNone() {
        Ease ease = new Ease(1);
        ease.train(people(new int[] {0, 1}), 2);
        assertThat(scores(ease, 3, 2)).containsOnly(0);
    }

    @Test
    void moreItemsThanTheDenseMatrixHoldsAreRefused() {
        assertThatThrownBy(() -> new Ease(1).train(new Histories(), Ease.MAX_ITEMS + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
