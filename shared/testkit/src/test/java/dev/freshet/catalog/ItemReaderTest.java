package dev.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.catalog.ItemReader.InvalidItemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ItemReaderTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static Item read(String json) throws InvalidItemException, JsonProcessingException {
        return ItemReader.read(MAPPER.readTree(json));
    }

    @Test
    void everyMemberIsRead() throws Exception {
        Item item =
                read(
                        """
                        {"itemId": "tea", "version": 7, "type": "video", "group": "g", "title": "Tea", "text": "Hot.\\nGood.",
                         "tags": ["drinks", "news", "drinks"], "author": "Ann", "publishedAt": "2026-03-10T12:00:00+01:00",
                         "attributes": {"language": "en", "minutes": 4, "free": true, "colours": ["red"]},
                         "availability": [{"regions": ["BR", "US-CA"], "until": "2026-05-01T00:00:00Z"}],
                         "repeat": {"rule": "after", "afterSeconds": 3600}, "embedding": [0.5, -1]}
                        """);

        assertThat(item)
                .isEqualTo(
                        new Item(
                                "tea",
                                7,
                                false,
                                new Item.Content(
                                        "video",
                                        "g",
                                        "Tea",
                                        "Hot.\nGood.",
                                        List.of("drinks", "news"),
                                        "Ann",
                                        Instant.parse("2026-03-10T11:00:00Z"),
                                        Map.of(
                                                "language",
                                                AttributeValue.of("en"),
                                                "minutes",
                                                AttributeValue.of(4),
                                                "free",
                                                AttributeValue.of(true),
                                                "colours",
                                                AttributeValue.of(List.of("red")))),
                                List.of(
                                        new Item.Availability(
                                                Set.of("BR", "US-CA"),
                                                null,
                                                Instant.parse("2026-05-01T00:00:00Z"))),
                                new RepeatRule.After(Duration.ofHours(1)),
                                Embedding.given(List.of(0.5f, -1f))));
        assertThat(ItemReader.read(ItemWriter.write(item))).isEqualTo(item);
    }

    @Test
    void anIdIsEnough() throws Exception {
        assertThat(read("{\"itemId\": \"tea\"}").version()).isEqualTo(Item.UNVERSIONED);

        Item item = read("{\"itemId\": \"tea\", \"version\": 0}");

        assertThat(item.type()).isEqualTo("item");
        assertThat(item.repeat()).isEqualTo(RepeatRule.NEVER);
        assertThat(ItemReader.read(ItemWriter.write(item))).isEqualTo(item);
    }

    @Test
    void linksAndImagesAreAttributesThatAreAbsoluteUrls() throws Exception {
        for (String url :
                List.of(
                        "https://example.org",
                        "HTTP://example.org:8080/a/b.png?w=1&h='2'#top",
                        "https://bücher.example/straße",
                        "https://example.org?x={y}|z")) {
            assertThat(read(with(url(url))).attributes())
                    .containsEntry("imageUrl", AttributeValue.of(url));
        }
    }

    private static String url(String url) {
        return "\"attributes\": {\"imageUrl\": \"" + url + "\"}";
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("[]", "item-not-an-object"),
                Arguments.of("{\"version\": 1}", "missing-item-id"),
                Arguments.of(with("\"itemId\": 5"), "bad-item-id"),
                Arguments.of(with("\"itemId\": \"\""), "bad-item-id"),
                Arguments.of(with("\"itemId\": \"" + "x".repeat(129) + "\""), "bad-item-id"),
                Arguments.of(with("\"itemId\": \"a\\ud800\""), "bad-item-id"),
                Arguments.of(with("\"itemId\": \"a\\u0000\""), "bad-item-id"),
                Arguments.of("{\"itemId\": \"tea\", \"version\": -1}", "bad-version"),
                Arguments.of(with("\"version\": 1.5"), "bad-version"),
                Arguments.of(with("\"version\": -1"), "bad-version"),
                Arguments.of(with("\"version\": 9223372036854775807"), "bad-version"),
                Arguments.of(with("\"titel\": \"Tea\""), "unknown-member"),
                Arguments.of(with("\"title\": 5"), "bad-title"),
                Arguments.of(with("\"title\": \"" + "x".repeat(1_025) + "\""), "title-too-long"),
                Arguments.of(with("\"text\": \"" + "x".repeat(65_537) + "\""), "text-too-long"),
                Arguments.of(with("\"tags\": \"news\""), "bad-tags"),
                Arguments.of(with("\"tags\": [" + "\"a\",".repeat(50) + "\"b\"]"), "bad-tags"),
                Arguments.of(with("\"publishedAt\": \"yesterday\""), "bad-published-at"),
                Arguments.of(with("\"publishedAt\": \"3000-01-01T00:00:00Z\""), "bad-published-at"),
                Arguments.of(with("\"attributes\": {\"a\": [1]}"), "bad-attributes"),
                Arguments.of(with("\"attributes\": [1]"), "bad-attributes"),
                Arguments.of(with("\"attributes\": {\"a\": 1e999}"), "bad-attributes"),
                Arguments.of(with("\"attributes\": {\"a\": -1e999}"), "bad-attributes"),
                Arguments.of(with(url("javascript:alert(1)")), "bad-url"),
                Arguments.of(with(url("JavaScript://x/%0aalert(1)")), "bad-url"),
                Arguments.of(with(url(" https://example.org")), "bad-url"),
                Arguments.of(with(url("//example.org/a")), "bad-url"),
                Arguments.of(with(url("/a")), "bad-url"),
                Arguments.of(with(url("data:text/html,a")), "bad-url"),
                Arguments.of(with(url("https://")), "bad-url"),
                Arguments.of(with(url("https:///a")), "bad-url"),
                Arguments.of(with(url("https://example.org/<b>")), "bad-url"),
                Arguments.of(with(url("https://example.org/a\\u0022onload=")), "bad-url"),
                Arguments.of(with(url("https://example.org/a\\njavascript:")), "bad-url"),
                Arguments.of(with(url("")), "bad-url"),
                Arguments.of(
                        with(
                                "\"attributes\": {\"url\": [\"https://a.example\", \"javascript:a\"]}"),
                        "bad-url"),
                Arguments.of(with("\"availability\": [{\"regions\": [\"Brazil\"]}]"), "bad-region"),
                Arguments.of(
                        with(
                                "\"availability\": [{\"from\": \"2026-05-02T00:00:00Z\", \"until\":"
                                        + " \"2026-05-01T00:00:00Z\"}]"),
                        "bad-availability"),
                Arguments.of(with("\"availability\": [{\"region\": [\"CH\"]}]"), "unknown-member"),
                Arguments.of(
                        with("\"availability\": [{\"untill\": \"2026-05-01T00:00:00Z\"}]"),
                        "unknown-member"),
                Arguments.of(with("\"availability\": [5]"), "bad-availability"),
                Arguments.of(with("\"availability\": [null]"), "bad-availability"),
                Arguments.of(with("\"availability\": [\"CH\"]"), "bad-availability"),
                Arguments.of(with("\"availability\": [[]]"), "bad-availability"),
                Arguments.of(with("\"repeat\": {\"rule\": \"sometimes\"}"), "bad-repeat"),
                Arguments.of(with("\"repeat\": \"never\""), "bad-repeat"),
                Arguments.of(with("\"repeat\": {}"), "bad-repeat"),
                Arguments.of(
                        with("\"repeat\": {\"rule\": \"always\", \"after\": 5}"), "unknown-member"),
                Arguments.of(
                        with("\"repeat\": {\"rule\": \"always\", \"afterSeconds\": 5}"),
                        "bad-repeat"),
                Arguments.of(
                        with("\"repeat\": {\"rule\": \"after\", \"afterSeconds\": 1.5}"),
                        "bad-repeat"),
                Arguments.of(with("\"repeat\": {\"rule\": \"after\"}"), "bad-repeat"),
                Arguments.of(with("\"embedding\": [1e300]"), "bad-embedding"),
                Arguments.of(with("\"embedding\": [\"1\"]"), "bad-embedding"));
    }

    /**
     * Returns a valid item with one more member, which replaces an earlier one of the same name.
     */
    private static String with(String member) {
        return "{\"itemId\": \"tea\", \"version\": 1, " + member + "}";
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenRuleHasItsOwnCode(String json, String code) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        InvalidItemException.class,
                        invalid -> assertThat(invalid.code()).isEqualTo(code));
    }

    @Test
    void aMisspeltMemberOfAWindowIsNamedByItsPlace() {
        assertThatThrownBy(() -> read(with("\"availability\": [{}, {\"region\": [\"CH\"]}]")))
                .hasMessage(
                        "Member availability[1] has no member of that name; it may have from, regions,"
                                + " until.");
    }
}
