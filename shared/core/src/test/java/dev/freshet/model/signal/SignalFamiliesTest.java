package dev.freshet.model.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SignalFamiliesTest {
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
}
