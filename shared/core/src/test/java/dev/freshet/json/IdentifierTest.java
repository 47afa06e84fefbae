package dev.freshet.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdentifierTest {
    static Stream<Arguments> texts() {
        List<Identifier> all = List.of(Identifier.values());
        return Stream.of(
                Arguments.of("a", all),
                Arguments.of("item 7 / ü \ud83d\ude00", all),
                Arguments.of("...", all),
                Arguments.of("x".repeat(128), all),
                Arguments.of("alias", List.of(Identifier.ANY)),
                Arguments.of("Alias", all),
                Arguments.of(".", List.of()),
                Arguments.of("..", List.of()),
                Arguments.of(" ", List.of()),
                Arguments.of("\u3000", List.of()),
                Arguments.of("", List.of()),
                Arguments.of("x".repeat(129), List.of()),
                Arguments.of("a\nb", List.of()),
                Arguments.of("a\u0000", List.of()),
                Arguments.of("a\u009f", List.of()),
                Arguments.of("a\ud800", List.of()),
                Arguments.of("\udc00a", List.of()));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyIdCanBeNamedByAPath(String text, List<Identifier> accepting) {
        assertThat(Arrays.stream(Identifier.values()).filter(rule -> rule.accepts(text)))
                .containsExactlyElementsOf(accepting);
    }

    @Test
    void textRulesDifferInControlCharactersOnly() {
        assertThat(TextRule.values()).allMatch(rule -> rule.accepts("\ud83d\ude00 text"));
        assertThat(TextRule.values()).noneMatch(rule -> rule.accepts("a\ud83d"));
        assertThat(Arrays.stream(TextRule.values()).filter(rule -> rule.accepts("two\r\n\tlines")))
                .containsExactly(TextRule.WELL_FORMED, TextRule.MULTI_LINE);
        assertThat(Arrays.stream(TextRule.values()).filter(rule -> rule.accepts("a\u0007")))
                .containsExactly(TextRule.WELL_FORMED);
    }
}
