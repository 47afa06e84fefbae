package dev.freshet.model.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.model.history.HistoryLength;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartingWeightsTest {
    private static final StartingWeights STATED = StartingWeights.stated(SignalFamilies.SIGNALS);

    private static StartingWeights read(String... lines) {
        return StartingWeights.read(SignalFamilies.SIGNALS, List.of(lines));
    }

    @Test
    void aTableReplacesWhatSignalsStateAndLeavesTheOthers() {
        StartingWeights weights = read("# a comment", "", "content 1.5 -2 0.25");

        assertThat(weights.weight(HistoryLength.THIN, ContentSignals.CONTENT)).isEqualTo(1.5f);
        assertThat(weights.weight(HistoryLength.MEDIUM, ContentSignals.CONTENT)).isEqualTo(-2f);
        assertThat(weights.weight(HistoryLength.LONG, ContentSignals.CONTENT)).isEqualTo(0.25f);
        for (HistoryLength length : HistoryLength.values()) {
            assertThat(weights.weight(length, ContentSignals.TAGS))
                    .isEqualTo(ContentSignals.TAGS.startingWeight(length));
        }
    }

    @Test
    void learningStartsFromTheWeights() {
        StartingWeights weights = read("content 1.5 -2 0.25");

        for (HistoryLength length : HistoryLength.values()) {
            for (Signal signal : SignalFamilies.SIGNALS) {
                assertThat(weights.state().weight(length.at(), signal.at()))
                        .isEqualTo(weights.weight(length, signal));
            }
        }
        assertThat(weights.state().signals()).isEqualTo(SignalFamilies.COUNT);
    }

    @Test
    void aTableThatIsWrittenIsReadAgain() {
        List<String> lines = read("content 1.5 -2 0.25").lines();

        assertThat(lines).hasSize(SignalFamilies.COUNT);
        assertThat(StartingWeights.read(SignalFamilies.SIGNALS, lines).lines()).isEqualTo(lines);
    }

    @Test
    void changingTheWeightsGivenLaterChangesNothing() {
        float[][] given = new float[HistoryLength.values().length][SignalFamilies.COUNT];
        StartingWeights weights = StartingWeights.of(SignalFamilies.SIGNALS, given);

        given[0][ContentSignals.CONTENT.at()] = 9;

        assertThat(weights.weight(HistoryLength.THIN, ContentSignals.CONTENT)).isZero();
        assertThat(STATED.weight(HistoryLength.THIN, ContentSignals.CONTENT)).isEqualTo(3f);
    }

    @Test
    void unreadableLinesAreRefused() {
        for (String line :
                List.of("content 1 2", "content 1 2 3 4", "unheard-of 1 2 3", "content 1 2 NaN")) {
            assertThatThrownBy(() -> read(line))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(line);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> read("content 1 2 x"));
        assertThatThrownBy(() -> read("content 1 2 3", "content 1 2 3"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theProductStartsFromWhatTheSignalsState() {
        for (HistoryLength length : HistoryLength.values()) {
            float[] start = SignalFamilies.START.starting(length.at());
            for (Signal signal : SignalFamilies.SIGNALS) {
                assertThat(start[signal.at()]).isEqualTo(signal.startingWeight(length));
            }
        }
        assertThat(SignalFamilies.START.starting(HistoryLength.THIN.at())).contains(3f);
    }
}
