package dev.freshet.model.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldInTest {
    private static final double[] NOTHING = new double[Gram.SIZE];

    @Test
    void ofOneItemTheUserIsAMultipleOfItKnownInClosedForm() {
        float[] item = GramTest.drawn(new Random(1));
        FoldIn user = new FoldIn(NOTHING);
        assertThat(user.add(item, 2)).isEqualTo(2);
        float[] solved = user.solve();
        double squares = FactorState.Vectors.dot(item, item);
        for (int at = 0; at < Gram.RANK; at++) {
            double expected = 2 * item[at] / (FoldIn.RIDGE + 2 * squares);
            assertThat(solved[at]).isCloseTo((float) expected, within(1e-5f));
        }
    }

    @Test
    void theWeightOfItemsNotSeenHoldsTheUserBack() {
        float[] item = GramTest.drawn(new Random(1));
        double[] all = new double[Gram.SIZE];
        Gram.add(all, item, 100);
        FoldIn free = new FoldIn(NOTHING);
        free.add(item, 1);
        FoldIn held = new FoldIn(all);
        held.add(item, 1);
        double squares = FactorState.Vectors.dot(item, item);
        double expected =
                squares / (FoldIn.RIDGE + squares + 100 * FoldIn.NO_INTERACTION * squares);
        assertThat(FactorState.Vectors.dot(held.solve(), item))
                .isCloseTo((float) expected, within(1e-4f));
        assertThat(FactorState.Vectors.dot(free.solve(), item)).isGreaterThan(0.9f);
    }

    @Test
    void laterPlacesWeighLessAndPastTheLastNothing() {
        FoldIn user = new FoldIn(NOTHING);
        float[] item = GramTest.drawn(new Random(1));
        double[] weights = new double[FoldIn.MAX_ITEMS + 1];
        for (int at = 0; at < weights.length; at++) {
            assertThat(user.isFull()).isEqualTo(at == FoldIn.MAX_ITEMS);
            weights[at] = user.add(item, 1);
        }
        assertThat(weights[FoldIn.HALF]).isCloseTo(0.5, within(1e-9));
        assertThat(weights[FoldIn.MAX_ITEMS]).isZero();
    }

    @Test
    void toTakeWeightAwayIsToFoldInWithoutIt() {
        Random random = new Random(3);
        float[][] items = new float[6][];
        FoldIn whole = new FoldIn(NOTHING);
        FoldIn rest = new FoldIn(NOTHING);
        double gone = 0;
        for (int at = 0; at < items.length; at++) {
            items[at] = GramTest.drawn(random);
            double weight = whole.add(items[at], 1);
            gone = at == 3 ? weight * 0.75 : gone;
            rest.add(items[at], at == 3 ? 0.25f : 1);
        }
        float[] without = whole.without(whole.solve(), items[3], gone);
        float[] folded = rest.solve();
        for (int at = 0; at < Gram.RANK; at++) {
            assertThat(without[at]).isCloseTo(folded[at], within(1e-4f));
        }
    }

    @Test
    void nobodyIsAVectorOfZeros() {
        FoldIn nobody = new FoldIn(NOTHING);
        assertThat(nobody.isEmpty()).isTrue();
        assertThat(nobody.solve()).containsOnly(0);
    }
}
