package dev.freshet.model.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.model.rows.Ints;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VectorsTest {
    @Test
    void whatIsWrittenIsWhatIsReadAndNearlyWhatItWas() {
        float[] vector = GramTest.drawn(new Random(1));
        float[] before = vector.clone();
        Ints.Draft rows = Ints.EMPTY.draft();
        FactorState.Vectors.write(rows, 3, vector);
        float[] read = new float[Gram.RANK];
        assertThat(FactorState.Vectors.read(rows.seal(), 3, read)).isTrue();
        assertThat(read).containsExactly(vector);
        for (int at = 0; at < Gram.RANK; at++) {
            assertThat(read[at]).isCloseTo(before[at], within(Math.abs(before[at]) / 1_024));
        }
    }

    @Test
    void aRowNeverWrittenIsNone() {
        Ints.Draft rows = Ints.EMPTY.draft();
        FactorState.Vectors.write(rows, 3, GramTest.drawn(new Random(1)));
        float[] read = GramTest.drawn(new Random(2));
        assertThat(FactorState.Vectors.read(rows.seal(), 2, read)).isFalse();
        assertThat(read).containsOnly(0);
    }

    @Test
    void numbersThereIsNoRoomForAreCut() {
        float[] vector = new float[Gram.RANK];
        vector[0] = 1e9f;
        vector[1] = -1e9f;
        Ints.Draft rows = Ints.EMPTY.draft();
        FactorState.Vectors.write(rows, 0, vector);
        assertThat(vector[0]).isEqualTo(1_000);
        assertThat(vector[1]).isEqualTo(-1_000);
        assertThat(FactorState.Vectors.isFinite(rows.get(0))).isTrue();
    }
}
