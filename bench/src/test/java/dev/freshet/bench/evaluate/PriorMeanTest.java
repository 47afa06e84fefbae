package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.signal.FactorSignals;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.StartingWeights;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorMeanTest {
    private static StartingWeights site(double factors) {
        return StartingWeights.read(
                SignalFamilies.SIGNALS,
                List.of("factors %s %s %s".formatted(factors, factors, factors)));
    }

    private static float mean(double... factors) {
        List<StartingWeights> sites = Arrays.stream(factors).mapToObj(PriorMeanTest::site).toList();
        return PriorFit.mean(sites).weight(HistoryLength.MEDIUM, FactorSignals.FACTORS);
    }

    @Test
    void sitesThatAgreeMoveAWeight() {
        assertThat(mean(2, 2, 2)).isCloseTo(2, within(1e-6f));
    }

    @Test
    void theMoreSitesDifferTheLessAWeightMoves() {
        assertThat(mean(1, 2, 3)).isBetween(1.5f, 2f);
        assertThat(mean(0.5, 2, 3.5)).isBetween(0.5f, 1.7f).isLessThan(mean(1, 2, 3));
    }

    @Test
    void sitesThatContradictEachOtherLeaveAWeightAsStated() {
        assertThat(mean(-2, 1, 2)).isZero();
        assertThat(mean(-1, 1)).isZero();
    }

    @Test
    void otherSignalsKeepWhatTheyState() {
        StartingWeights mean = PriorFit.mean(List.of(site(1), site(2)));

        assertThat(mean.lines())
                .filteredOn(line -> !line.startsWith("factors "))
                .isSubsetOf(StartingWeights.stated(SignalFamilies.SIGNALS).lines());
    }

    @Test
    void oneSiteIsNotEnough() {
        List<StartingWeights> one = List.of(site(1));

        assertThatThrownBy(() -> PriorFit.mean(one)).isInstanceOf(IllegalArgumentException.class);
    }
}
