package dev.freshet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.json.FieldReader.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FieldReaderTest {
    static final class Reported extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Violation violation;

        Reported(Violation violation) {
            super(violation.toString());
            this.violation = violation;
        }
    }

    interface Reading {
        @Nullable Object of(FieldReader<Reported> fields) throws Reported;
    }

    private static JsonNode json(String text) throws MalformedJsonException {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static FieldReader<Reported> fields(String text) throws MalformedJsonException {
        return FieldReader.lenient(json(text), "at", Reported::new);
    }

    @Test
    void everyTypeIsRead() throws Exception {
        FieldReader<Reported> fields =
                fields(
                        """
                        {"id": "a", "text": "b\\nc", "number": 0.5, "whole": 5.0, "integer": 7,
                         "time": "2026-01-31T10:00:00+01:00", "array": [1, 2]}
                        """);

        assertThat(fields.identifier("id", Identifier.ANY)).isEqualTo("a");
        assertThat(fields.text("text", TextRule.MULTI_LINE, 3)).isEqualTo("b\nc");
        assertThat(fields.number("number")).isEqualTo(0.5);
        assertThat(fields.whole("whole")).isEqualTo(5);
        assertThat(fields.integer("integer", 7, 7)).isEqualTo(7);
        assertThat(fields.time("time", 40)).isEqualTo(Instant.parse("2026-01-31T09:00:00Z"));
        assertThat(fields.array("array", 2)).hasSize(2);
        assertThat(fields.has("id")).isTrue();
        assertThat(fields.pathOf("id")).isEqualTo("at.id");
    }

    @Test
    void nullIsAbsentAndSoIsEveryMemberOfAValueThatIsNoObject() throws Exception {
        for (FieldReader<Reported> fields :
                Set.of(
                        fields("{\"a\": null}"),
                        fields("[1]"),
                        FieldReader.lenient(null, "", Reported::new))) {
            assertThat(fields.has("a")).isFalse();
            assertThat(fields.find("a")).isNull();
            assertThat(fields.identifier("a", Identifier.ANY)).isNull();
            assertThat(fields.text("a", TextRule.SINGLE_LINE)).isNull();
            assertThat(fields.number("a")).isNull();
            assertThat(fields.whole("a")).isNull();
            assertThat(fields.integer("a", 0, 1)).isNull();
            assertThat(fields.time("a", 40)).isNull();
            assertThat(fields.array("a", 1)).isEmpty();
        }
    }

    private static Arguments broken(String value, Reading reading, Violation violation) {
        return Arguments.of(value, reading, violation);
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                broken(
                        "7",
                        f -> f.identifier("a", Identifier.ANY),
                        new Violation.BadIdentifier("at.a")),
                broken(
                        "\"\"",
                        f -> f.identifier("a", Identifier.ANY),
                        new Violation.BadIdentifier("at.a")),
                broken("7", f -> f.text("a", TextRule.SINGLE_LINE), new Violation.NotText("at.a")),
                broken(
                        "\"\\u0000b\"",
                        f -> f.text("a", TextRule.SINGLE_LINE, 1),
                        new Violation.TooLong("at.a", 1)),
                broken(
                        "\"\\u0000\"",
                        f -> f.text("a", TextRule.SINGLE_LINE, 1),
                        new Violation.BadText("at.a")),
                broken("\"1\"", f -> f.number("a"), new Violation.NotANumber("at.a")),
                broken("NaN", f -> f.whole("a"), new Violation.NotWhole("at.a")),
                broken("1.5", f -> f.whole("a"), new Violation.NotWhole("at.a")),
                broken("5.0", f -> f.integer("a", 0, 9), new Violation.OutOfRange("at.a", 0, 9)),
                broken("10", f -> f.integer("a", 0, 9), new Violation.OutOfRange("at.a", 0, 9)),
                broken(
                        "9223372036854775808",
                        f -> f.integer("a", 0, 9),
                        new Violation.OutOfRange("at.a", 0, 9)),
                broken("7", f -> f.time("a", 40), new Violation.BadTime("at.a")),
                broken("\"2026-01-31\"", f -> f.time("a", 40), new Violation.BadTime("at.a")),
                broken(
                        "\"2026-01-31T09:00:00Z\"",
                        f -> f.time("a", 19),
                        new Violation.BadTime("at.a")),
                broken("{}", f -> f.array("a", 1), new Violation.NotAnArray("at.a", 1)),
                broken("[1, 2]", f -> f.array("a", 1), new Violation.TooMany("at.a", 1)));
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void aBrokenRuleIsReportedWithItsPath(String value, Reading reading, Violation violation)
            throws Exception {
        FieldReader<Reported> fields = fields("{\"a\": " + value + "}");

        assertThatThrownBy(() -> reading.of(fields))
                .isInstanceOfSatisfying(
                        Reported.class,
                        reported -> assertThat(reported.violation).isEqualTo(violation));
    }

    @Test
    void aWholeNumberBeyondAnIntIsCutToTheNearestInt() throws Exception {
        assertThat(fields("{\"a\": -1e30}").whole("a")).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void aStrictReaderRefusesWhatIsNoObjectAndUnknownMembers() throws Exception {
        JsonNode object = json("{\"a\": 1, \"b\": 2}");
        JsonNode array = json("[]");

        assertThatThrownBy(() -> FieldReader.strict(array, "", Set.of(), Reported::new))
                .hasMessage(new Violation.NotAnObject("").toString());
        assertThatThrownBy(() -> FieldReader.strict(object, "", Set.of("a"), Reported::new))
                .hasMessage(new Violation.UnknownMember("", "b", Set.of("a")).toString());
        assertThat(
                        FieldReader.strict(object, "", Set.of("a", "b"), Reported::new)
                                .integer("b", 0, 9))
                .isEqualTo(2);
    }
}
