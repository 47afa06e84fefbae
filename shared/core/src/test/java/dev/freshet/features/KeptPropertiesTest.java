package dev.freshet.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptPropertiesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"size", "a,b,c,d,e,f,g,h", "A.b_c-1", "abcdefghijklmnopqrstuvwxyzabcdef"})
    void areNamedOneByOne(String names) {
        assertThat(KeptProperties.areNames(names)).isTrue();
        assertThat(KeptProperties.of(names).names()).hasSize(names.split(",").length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ",", "a,", "a,,b", "a,a",
                "a b", "1a", "_a", "<b>", "a,b,c,d,e,f,g,h,i",
                "abcdefghijklmnopqrstuvwxyzabcdefg"
            })
    void textsThatNameNoneOrTooManyAreRefused(String names) {
        assertThat(KeptProperties.areNames(names)).isFalse();
    }

    @Test
    void onlyPropertiesOfTheEventAreKept() {
        assertThat(new KeptProperties(Set.of("a", "b")).of(Map.of("b", "1", "c", "2")))
                .isEqualTo(Map.of("b", "1"));
        assertThat(KeptProperties.NONE.of(Map.of("a", "1"))).isEmpty();
    }
}
