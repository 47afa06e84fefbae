package dev.freshet.model.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.MalformedBytesException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    @Test
    void oneObservationOfOneInputMovesTheWeightByHandToWhereItShould() {
        // Variance 1, input 2: gain 2 / (0.9999 + 4); error 6 − 0.
        LeastSquares after = LeastSquares.startingAt(0).seen(new double[] {2}, 6);
        assertThat(after.weight(0)).isCloseTo(2 / 4.9999 * 6, within(1e-12));
        assertThat(after.of(new double[] {1})).isEqualTo(after.weight(0));
    }

    @Test
    void itComesToTheSolutionOfTheNormalEquations() {
        Random random = new Random(1);
        int count = 400;
        double[][] inputs = new double[count][2];
        double[] outcomes = new double[count];
        LeastSquares learned = LeastSquares.startingAt(0.5, -1);
        // Σ keep^(n−t) x xᵀ + keepⁿ I, and Σ keep^(n−t) x y + keepⁿ w₀ with the initial weights w₀.
        double a = 1;
        double b = 0;
        double c = 1;
        double p = 0.5;
        double q = -1;
        for (int at = 0; at < count; at++) {
            inputs[at] = new double[] {random.nextGaussian(), random.nextGaussian() + 0.3};
            outcomes[at] = 2 * inputs[at][0] - inputs[at][1] + random.nextGaussian();
            learned = learned.seen(inputs[at], outcomes[at]);
            double x = inputs[at][0];
            double y = inputs[at][1];
            double keep = LeastSquares.KEEP;
            a = keep * a + x * x;
            b = keep * b + x * y;
            c = keep * c + y * y;
            p = keep * p + x * outcomes[at];
            q = keep * q + y * outcomes[at];
        }
        double determinant = a * c - b * b;
        assertThat(learned.weight(0)).isCloseTo((c * p - b * q) / determinant, within(1e-9));
        assertThat(learned.weight(1)).isCloseTo((a * q - b * p) / determinant, within(1e-9));
    }

    @Test
    void itFollowsWhatChanges() {
        Random random = new Random(2);
        LeastSquares learned = LeastSquares.startingAt(0);
        for (int at = 0; at < 60_000; at++) {
            double input = random.nextGaussian();
            learned = learned.seen(new double[] {input}, at < 20_000 ? 3 * input : -input);
        }
        assertThat(learned.weight(0)).isCloseTo(-1, within(0.1));
    }

    @Test
    void anInputThatIsLongSilentDoesNotUpsetIt() {
        LeastSquares learned = LeastSquares.startingAt(1, 1);
        for (int at = 0; at < 200_000; at++) {
            learned = learned.seen(new double[] {1, 0}, 2);
        }
        LeastSquares woken = learned.seen(new double[] {1, 1}, 2);
        assertThat(woken.weight(1)).isFinite().isBetween(-1.0, 2.0);
        assertThat(woken.weight(0)).isCloseTo(2, within(0.1));
    }

    @Test
    void itsBytesComeBackAndOthersDoNot() {
        LeastSquares learned = LeastSquares.startingAt(1, 2, 3).seen(new double[] {1, .5, 0}, 4);
        byte[] bytes = bytes(learned);
        assertThat(bytes(LeastSquares.FORM.read(new ByteSource(bytes)))).isEqualTo(bytes);
        ByteSink broken = new ByteSink(64);
        broken.varint(1);
        broken.fixed64(Double.doubleToRawLongBits(Double.NaN));
        broken.fixed64(0);
        assertThatThrownBy(() -> LeastSquares.FORM.read(new ByteSource(broken.toBytes())))
                .isInstanceOf(MalformedBytesException.class);
        assertThatIllegalArgumentException().isThrownBy(LeastSquares::startingAt);
    }

    private static byte[] bytes(LeastSquares of) {
        ByteSink out = new ByteSink(256);
        LeastSquares.FORM.write(of, out);
        return out.toBytes();
    }
}
