package dev.freshet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.json.FieldReader.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
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

    private static Arguments broken(
            String value, Reading reading, Function<String, Violation> violation) {
        return Arguments.of(value, reading, violation.apply("at.a"));
    }

    static Stream<Arguments> brokenRules() {
        Reading id = f -> f.identifier("a", Identifier.ANY);
        Reading line = f -> f.text("a", TextRule.SINGLE_LINE);
        Reading character = f -> f.text("a", TextRule.SINGLE_LINE, 1);
        Reading digit = f -> f.integer("a", 0, 9);
        Reading whole = f -> f.whole("a");
        Reading time = f -> f.time("a", 40);
        Reading one = f -> f.array("a", 1);
        Function<String, Violation> outOfRange = at -> new Violation.OutOfRange(at, 0, 9);
        return Stream.of(
                broken("7", id, Violation.BadIdentifier::new),
                broken("\"\"", id, Violation.BadIdentifier::new),
                broken("7", line, Violation.NotText::new),
                broken("\"\\u0000b\"", character, at -> new Violation.TooLong(at, 1)),
                broken("\"\\u0000\"", character, Violation.BadText::new),
                broken("\"1\"", f -> f.number("a"), Violation.NotANumber::new),
                broken("NaN", whole, Violation.NotWhole::new),
                broken("1.5", whole, Violation.NotWhole::new),
                broken("5.0", digit, outOfRange),
                broken("10", digit, outOfRange),
                broken("9223372036854775808", digit, outOfRange),
                broken("7", time, Violation.BadTime::new),
                broken("\"2026-01-31\"", time, Violation.BadTime::new),
                broken("\"2026-01-31T09:00:00Z\"", f -> f.time("a", 19), Violation.BadTime::new),
                broken("{}", one, at -> new Violation.NotAnArray(at, 1)),
                broken("[1, 2]", one, at -> new Violation.TooMany(at, 1)));
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
        FieldReader<Reported> both =
                FieldReader.strict(object, "", Set.of("a", "b"), Reported::new);
        assertThat(both.integer("b", 0, 9)).isEqualTo(2);
    }
}
