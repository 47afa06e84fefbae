package dev.freshet.model.signal;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.model.Model;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignalFamiliesTest extends SignalScene {
    @Test
    void positionsOfSignalsAreDenseAndTheirNamesUnique() {
        assertThat(SignalFamilies.SIGNALS).extracting(Signal::name).doesNotHaveDuplicates();
        for (int at = 0; at < SignalFamilies.COUNT; at++) {
            assertThat(SignalFamilies.SIGNALS.get(at).at()).isEqualTo(at);
        }
    }

    @Test
    void everySourceHasAnIndexAndANameOfItsOwn() {
        assertThat(SignalFamilies.ALL)
                .extracting(family -> family.source().index())
                .doesNotHaveDuplicates();
        assertThat(SignalFamilies.ALL)
                .extracting(family -> family.source().wireName())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void aSourceThatDoesNotFitAnExposureTokenIsRefused() {
        assertThatThrownBy(() -> new Source(Source.MAX + 1, "one-too-many"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFamilyIsFoundByItsSource() {
        for (SignalFamily family : SignalFamilies.ALL) {
            assertThat(SignalFamilies.of(family.source())).isSameAs(family);
            assertThat(SignalFamilies.source(family.source().index())).isEqualTo(family.source());
        }
    }

    @Test
    void aSourceThatIsLeftOutHasNoSignalsCandidatesOrNegativesAndASignalNoValue() {
        people(5, "tea", "mint", "lime");
        Model all = model(1);
        Model less =
                learned(
                        Model.empty(
                                all.settings().without(Set.of("next-item", "log-co-occurrence"))),
                        stream);
        SignalFamily family = SignalFamilies.of(NextItemSignals.SOURCE);

        for (Model model : List.of(all, less)) {
            Signals signals = signals(model, List.of(read("tea", 1)));
            boolean leftOut = model == less;
            assertThat(signals.family(family).candidates(10).isEmpty()).isEqualTo(leftOut);
            assertThat(signals.family(family).negatives(10).isEmpty()).isEqualTo(leftOut);
            assertThat(of(model, signals, "mint", NextItemSignals.NEXT) == 0).isEqualTo(leftOut);
            assertThat(of(model, signals, "mint", CoOccurrenceSignals.LOG_CO_OCCURRENCE) == 0)
                    .isEqualTo(leftOut);
            assertThat(of(model, signals, "mint", CoOccurrenceSignals.ROOT_CO_OCCURRENCE))
                    .isPositive();
        }
    }
}
