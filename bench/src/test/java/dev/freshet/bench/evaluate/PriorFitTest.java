package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bench.evaluate.PriorChoices.Choice;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.signal.ContentSignals;
import dev.freshet.model.signal.FactorSignals;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.StartingWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriorFitTest {
    private static final Signal FACTORS = FactorSignals.FACTORS;
    private static final StartingWeights STATED = StartingWeights.stated(SignalFamilies.SIGNALS);

    /**
     * Returns choices among ten alternatives that differ in one signal, drawn by the softmax of a
     * weight.
     */
    private static List<Choice> choices(double weight, int history, long seed) {
        return choices(weight, history, seed, FACTORS);
    }

    private static List<Choice> choices(double weight, int history, long seed, Signal signal) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Choice> choices = new ArrayList<>();
        for (int one = 0; one < 2_000; one++) {
            List<float[]> signals = new ArrayList<>();
            double[] odds = new double[10];
            for (int at = 0; at < odds.length; at++) {
                float[] vector = new float[SignalFamilies.COUNT];
                vector[signal.at()] = (float) random.nextDouble();
                odds[at] = StrictMath.exp(weight * vector[signal.at()]);
                signals.add(vector);
            }
            double draw = random.nextDouble() * Arrays.stream(odds).sum();
            int chosen = 0;
            while (chosen < odds.length - 1 && draw >= odds[chosen]) {
                draw -= odds[chosen++];
            }
            signals.addFirst(signals.remove(chosen));
            double[] importance = new double[odds.length];
            Arrays.fill(importance, 1);
            choices.add(new Choice(history, 1, signals, importance));
        }
        return choices;
    }

    @Test
    void aPlantedWeightIsFound() {
        StartingWeights weights = PriorFit.of(List.of(choices(3, 1, 1)), 1e-6, false);

        assertThat(weights.weight(HistoryLength.MEDIUM, FACTORS)).isCloseTo(3, within(0.3f));
    }

    @Test
    void lengthsOfHistoryWithoutChoicesFollowTheOthers() {
        StartingWeights weights = PriorFit.of(List.of(choices(3, 1, 2)), 1e-6, false);

        assertThat(weights.weight(HistoryLength.LONG, FACTORS)).isBetween(1f, 2f);
        assertThat(weights.weight(HistoryLength.THIN, FACTORS)).isBetween(1f, 2f);
    }

    @Test
    void signalsThatDoNotVaryKeepWhatTheyState() {
        StartingWeights weights = PriorFit.of(List.of(choices(3, 1, 3)), 0.01, false);

        for (HistoryLength length : HistoryLength.values()) {
            for (Signal signal : SignalFamilies.SIGNALS) {
                if (!signal.equals(FACTORS)) {
                    assertThat(weights.weight(length, signal))
                            .isCloseTo(STATED.weight(length, signal), within(1e-5f));
                }
            }
        }
    }

    @Test
    void sitesThatDisagreeMeetInTheMiddleHoweverManyChoicesEachHas() {
        List<Choice> few = choices(0, 1, 4).subList(0, 500);
        StartingWeights weights = PriorFit.of(List.of(choices(4, 1, 5), few), 1e-6, false);

        assertThat(weights.weight(HistoryLength.MEDIUM, FACTORS)).isBetween(1.5f, 2.5f);
    }

    @Test
    void aSignalThatStatesAWeightMayKeepIt() {
        StartingWeights free =
                PriorFit.of(List.of(choices(3, 1, 9, ContentSignals.TAGS)), 0.001, false);
        StartingWeights kept =
                PriorFit.of(List.of(choices(3, 1, 9, ContentSignals.TAGS)), 0.001, true);

        assertThat(free.weight(HistoryLength.MEDIUM, ContentSignals.TAGS)).isGreaterThan(2);
        assertThat(kept.weight(HistoryLength.MEDIUM, ContentSignals.TAGS))
                .isCloseTo(1.5f, within(1e-4f));
    }

    @Test
    void aGreatPenaltyKeepsTheStatedWeights() {
        StartingWeights weights = PriorFit.of(List.of(choices(3, 1, 6)), 1e6, false);

        assertThat(weights.weight(HistoryLength.MEDIUM, FACTORS)).isCloseTo(0, within(1e-3f));
    }

    @Test
    void whatIsFittedHasTheLesserLoss() {
        List<Choice> others = choices(3, 1, 7);
        StartingWeights weights = PriorFit.of(List.of(choices(3, 1, 8)), 0.001, false);

        assertThat(PriorFit.loss(weights, others)).isLessThan(PriorFit.loss(STATED, others));
    }
}
