package dev.freshet.model.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResidualTest {
    private static final int SIGNALS = 4;
    private static final float UNIT = 0.1f;

    /** Some first items with their scores, of which one is chosen. */
    private record Lesson(double[] scores, float[][] signals, int chosen) {
        void teach(BlendDraft draft) {
            Residual.learn(scores, signals, chosen, 1, draft);
        }
    }

    private static BlendDraft untaught() {
        float[] units = new float[SIGNALS];
        Arrays.fill(units, UNIT);
        return BlendState.initial(new float[3][SIGNALS], units, new int[SIGNALS]).draft();
    }

    /**
     * Returns twenty items of which one is drawn by its score and by what the second signal counts.
     * The last signal repeats the second one with noise.
     */
    private static Lesson lesson(SplittableRandom random, double planted) {
        float[][] signals = new float[20][SIGNALS];
        double[] scores = new double[signals.length];
        double[] odds = new double[signals.length];
        for (int at = 0; at < signals.length; at++) {
            for (int signal = 0; signal < SIGNALS; signal++) {
                signals[at][signal] = (float) random.nextGaussian();
            }
            signals[at][3] = (float) (signals[at][1] + random.nextGaussian(0, 0.3));
            scores[at] = random.nextGaussian(0, 2);
            odds[at] = Math.exp(scores[at] + planted * signals[at][1]);
        }
        double left = random.nextDouble() * Arrays.stream(odds).sum();
        int chosen = 0;
        while (chosen < odds.length - 1 && left > odds[chosen]) {
            left -= odds[chosen++];
        }
        return new Lesson(scores, signals, chosen);
    }

    private static float[] taught(int lessons, double planted) {
        BlendDraft draft = untaught();
        SplittableRandom random = new SplittableRandom(7);
        IntStream.range(0, lessons).forEach(at -> lesson(random, planted).teach(draft));
        return draft.seal().residualWeights();
    }

    @Test
    void nothingIsAddedBeforeTheFirstChoice() {
        assertThat(untaught().seal().residualWeights()).containsOnly(0);
    }

    @Test
    void theFirstStepIsWhatTheFormulaSays() {
        BlendDraft draft = untaught();
        float[][] signals = {{3, 0, 0, 0}, {1, 0, 0, 0}};
        new Lesson(new double[2], signals, 0).teach(draft);
        // Equal scores: shares ½, gradient 2 − 3 = −1, covariance 1; a ridge of 10 · UNIT².
        float[] weights = draft.seal().residualWeights();
        assertThat(weights[0]).isCloseTo(1 / (1 + 10 * UNIT * UNIT), within(1e-5f));
        assertThat(weights).endsWith(0, 0, 0);
    }

    @Test
    void whatTheScoresMissIsLearnedOfTheSignalThatCausesItAndNotOfItsLikeness() {
        float[] weights = taught(6_000, 0.8);
        assertThat(weights[0]).isCloseTo(0, within(0.15f));
        assertThat(weights[1]).isCloseTo(0.8f, within(0.25f));
        assertThat(weights[2]).isCloseTo(0, within(0.15f));
        assertThat(weights[3]).isCloseTo(0, within(0.25f));
    }

    @Test
    void whereScoresSayAllThatThereIsNothingIsAdded() {
        for (float weight : taught(6_000, 0)) {
            assertThat(weight).isCloseTo(0, within(0.2f));
        }
    }

    @Test
    void anEffectThatEndsIsForgotten() {
        BlendDraft draft = untaught();
        SplittableRandom random = new SplittableRandom(11);
        IntStream.range(0, 3_000).forEach(at -> lesson(random, 1.5).teach(draft));
        assertThat(draft.peek().residualWeights()[1]).isGreaterThan(1);
        IntStream.range(0, 4 * Residual.MEMORY).forEach(at -> lesson(random, 0).teach(draft));
        assertThat(draft.peek().residualWeights()[1]).isCloseTo(0, within(0.3f));
    }

    @Test
    void noWeightAndNoSumPassesTheBound() {
        BlendDraft draft = untaught();
        float[][] signals = {{50, 0, 0, 0}, {0, 50, 0, 0}, {0, 0, 0, 0}};
        double[] sure = {-1e6, 1e6, 0};
        for (int at = 0; at < 500; at++) {
            new Lesson(sure, signals, 0).teach(draft);
        }
        float[] weights = draft.seal().residualWeights();
        double[] mean = Residual.mean(signals);
        for (float weight : weights) {
            assertThat(Math.abs(weight)).isLessThanOrEqualTo((float) (Residual.BOUND / UNIT));
        }
        for (float[] item : signals) {
            double sum = 0;
            for (int signal = 0; signal < SIGNALS; signal++) {
                sum += weights[signal] * (item[signal] - mean[signal]);
            }
            double scaled = sum * Residual.scale(weights, mean, item);
            assertThat(Math.abs(scaled)).isLessThanOrEqualTo(Residual.BOUND + 1e-9);
        }
    }

    @Test
    void theUnitOfASignalDoesNotMatter() {
        BlendDraft plain = untaught();
        float[] units = {UNIT, 1_000 * UNIT, UNIT, UNIT};
        BlendDraft scaled =
                BlendState.initial(new float[3][SIGNALS], units, new int[SIGNALS]).draft();
        SplittableRandom random = new SplittableRandom(3);
        for (int at = 0; at < 300; at++) {
            Lesson lesson = lesson(random, 1);
            lesson.teach(plain);
            for (float[] item : lesson.signals) {
                item[1] *= 1_000;
            }
            lesson.teach(scaled);
        }
        assertThat(1_000 * scaled.seal().residualWeights()[1])
                .isCloseTo(plain.seal().residualWeights()[1], within(1e-3f));
    }

    @Test
    void aStateReadFromItsBytesLearnsOnWithoutADifference() {
        SplittableRandom random = new SplittableRandom(5);
        BlendDraft draft = untaught();
        IntStream.range(0, 50).forEach(at -> lesson(random, 1).teach(draft));
        ByteSink bytes = new ByteSink(1_024);
        draft.seal().write(bytes);
        BlendDraft read =
                BlendState.read(new ByteSource(bytes.toBytes()), untaught().seal()).draft();
        BlendDraft follower = untaught();
        follower.set(draft.changed());
        Lesson next = lesson(random, 1);
        next.teach(draft);
        next.teach(read);
        next.teach(follower);
        assertThat(bytes(read.seal())).isEqualTo(bytes(draft.seal()));
        assertThat(bytes(follower.seal())).isEqualTo(bytes(draft.seal()));
    }

    private static byte[] bytes(BlendState state) {
        ByteSink bytes = new ByteSink(1_024);
        state.write(bytes);
        return bytes.toBytes();
    }

    @Test
    void aFurtherSignalKeepsWhatWasLearnedOfTheOthers() {
        BlendDraft draft = untaught();
        SplittableRandom random = new SplittableRandom(9);
        IntStream.range(0, 100).forEach(at -> lesson(random, 1).teach(draft));
        int more = SIGNALS + 1;
        float[] units = new float[more];
        Arrays.fill(units, UNIT);
        BlendState later =
                BlendState.read(
                        new ByteSource(bytes(draft.seal())),
                        BlendState.initial(new float[3][more], units, new int[more]));
        assertThat(later.residualWeights()).startsWith(draft.seal().residualWeights());
        assertThat(later.residualWeights()[SIGNALS]).isZero();
    }

    @Test
    void oneChoiceInEightIsDue() {
        long due = IntStream.range(0, 8_000).filter(at -> Residual.isDue(new Draws(at))).count();
        assertThat(due).isBetween(900L, 1_100L);
    }
}
