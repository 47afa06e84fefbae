package dev.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.Attributes.InvalidAttributesException;
import dev.freshet.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesTest {
    @Test
    void eachTypeIsRead() throws Exception {
        assertThat(
                        read(
                                "{\"title\":\"Tea\",\"price\":19.9,\"sale\":true,\"sizes\":[\"S\",\"XL\",\"S\"]}"))
                .isEqualTo(
                        Map.of(
                                "title", AttributeValue.of("Tea"),
                                "price", AttributeValue.of(19.9),
                                "sale", AttributeValue.of(true),
                                "sizes", AttributeValue.of(List.of("S", "XL"))));
    }

    @Test
    void anEmptyListIsAValueAndNullIsNone() throws Exception {
        assertThat(read("{\"sizes\":[]}"))
                .containsExactly(Map.entry("sizes", AttributeValue.of(List.of())));
        assertThat(read("null")).isEmpty();
        assertThat(read("{\"a\":null}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "4, 4",
        "4.0, 4",
        "4.00e0, 4",
        "-0.0, 0",
        "19.90, 19.9",
        "0.1, 0.1",
        "1e15, 1000000000000000",
        "9007199254740992, 9007199254740992",
        "-9007199254740992, -9007199254740992",
        "1e50, 1.0E50",
        "1e-7, 1.0E-7",
    })
    void equalNumbersAreWrittenAlike(String given, String written) throws Exception {
        Map<String, AttributeValue> attributes = read("{\"n\":" + given + "}");

        assertThat(Attributes.write(attributes)).hasToString("{\"n\":" + written + "}");
        assertThat(read(Attributes.write(attributes).toString())).isEqualTo(attributes);
        assertThat(attributes.get("n"))
                .isInstanceOfSatisfying(
                        AttributeValue.Numeric.class,
                        number -> assertThat(number.text()).isEqualTo(written));
    }

    @Test
    void namesAreWrittenInOrder() throws Exception {
        assertThat(Attributes.write(read("{\"b\":[\"z\",\"a\"],\"c\":false,\"a\":\"\"}")))
                .hasToString("{\"a\":\"\",\"b\":[\"z\",\"a\"],\"c\":false}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]", "\"a\"",
                "{\"a\":{}}", "{\"a\":[1]}",
                "{\"a\":[[]]}", "{\"a\":[\"\"]}",
                "{\"a\":[null]}", "{\"\":1}",
                "{\"a\":1e999}", "{\"a\":-1e999}",
                "{\"a\":NaN}", "{\"a\":1e101}",
                "{\"a\":1e-101}", "{\"a\":9007199254740993}",
                "{\"a\":-9223372036854775808}", "{\"a\":123456789012345678901234567890}",
                "{\"a\":\"\\u0000\"}", "{\"a\":\"\\ud800\"}"
            })
    void aValueOfAnotherFormIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidAttributesException.class);
    }

    @Test
    void everySizeIsBounded() throws Exception {
        read("{\"a\":\"" + "x".repeat(Attributes.MAX_TEXT) + "\"}");
        refuses("{\"a\":\"" + "x".repeat(Attributes.MAX_TEXT + 1) + "\"}");
        read("{\"a\":[\"" + "x".repeat(Attributes.MAX_NAME) + "\"]}");
        refuses("{\"a\":[\"" + "x".repeat(Attributes.MAX_NAME + 1) + "\"]}");
        refuses("{\"" + "x".repeat(Attributes.MAX_NAME + 1) + "\":1}");
        read("{\"a\":[" + entries(Attributes.MAX_ENTRIES) + "]}");
        refuses("{\"a\":[" + entries(Attributes.MAX_ENTRIES + 1) + "]}");
        refuses("{\"a\":[" + "\"a\",".repeat(Attributes.MAX_ENTRIES) + "\"a\"]}");
    }

    @Test
    void theSizeOfAllTogetherIsBounded() throws Exception {
        assertThat(read(texts("x".repeat(1_021)))).hasSize(16);
        refuses(texts("x".repeat(1_021)).replace("\"n10\"", "\"n100\""));
    }

    /** Returns 16 attributes with names of three characters and this value. */
    private static String texts(String value) {
        return IntStream.range(10, 26)
                .mapToObj(i -> "\"n" + i + "\":\"" + value + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String entries(int count) {
        StringBuilder entries = new StringBuilder("\"0\"");
        for (int i = 1; i < count; i++) {
            entries.append(",\"").append(i).append('"');
        }
        return entries.toString();
    }

    private static void refuses(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidAttributesException.class);
    }

    private static Map<String, AttributeValue> read(String json) throws Exception {
        return Attributes.read(StrictJson.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
