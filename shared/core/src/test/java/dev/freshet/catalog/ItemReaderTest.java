package dev.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.catalog.ItemReader.InvalidItemException;
import dev.freshet.testkit.TerseJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemReaderTest {
    private static Item read(String json) throws InvalidItemException, JsonProcessingException {
        return ItemReader.read(TerseJson.MAPPER.readTree(json));
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
                                                "language", AttributeValue.of("en"),
                                                "minutes", AttributeValue.of(4),
                                                "free", AttributeValue.of(true),
                                                "colours", AttributeValue.of(List.of("red")))),
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

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    item-not-an-object | text | []
                    missing-item-id    | text | {"version": 1}
                    bad-item-id        | item | itemId: 5
                    bad-item-id        | item | itemId: ''
                    bad-item-id        | item | itemId: 'a\\ud800'
                    bad-item-id        | item | itemId: 'a\\u0000'
                    bad-version        | text | {"itemId": "tea", "version": -1}
                    bad-version        | item | version: 1.5
                    bad-version        | item | version: -1
                    bad-version        | item | version: 9223372036854775807
                    unknown-member     | item | titel: 'Tea'
                    bad-title          | item | title: 5
                    bad-tags           | item | tags: 'news'
                    bad-published-at   | item | publishedAt: 'yesterday'
                    bad-published-at   | item | publishedAt: '3000-01-01T00:00:00Z'
                    bad-attributes     | item | attributes: {a: [1]}
                    bad-attributes     | item | attributes: [1]
                    bad-attributes     | item | attributes: {a: 1e999}
                    bad-attributes     | item | attributes: {a: -1e999}
                    bad-url            | url  | javascript:alert(1)
                    bad-url            | url  | JavaScript://x/%0aalert(1)
                    bad-url            | url  | ` https://example.org`
                    bad-url            | url  | //example.org/a
                    bad-url            | url  | /a
                    bad-url            | url  | data:text/html,a
                    bad-url            | url  | https://
                    bad-url            | url  | https:///a
                    bad-url            | url  | https://example.org/<b>
                    bad-url            | url  | https://example.org/a\\u0022onload=
                    bad-url            | url  | https://example.org/a\\njavascript:
                    bad-url            | url  | ``
                    bad-url            | item | attributes: {url: ['https://a.example', 'javascript:a']}
                    bad-region         | item | availability: [{regions: ['Brazil']}]
                    bad-availability   | item | availability: [{from: '2026-05-02T00:00:00Z', until: '2026-05-01T00:00:00Z'}]
                    unknown-member     | item | availability: [{region: ['CH']}]
                    unknown-member     | item | availability: [{untill: '2026-05-01T00:00:00Z'}]
                    bad-availability   | item | availability: [5]
                    bad-availability   | item | availability: [null]
                    bad-availability   | item | availability: ['CH']
                    bad-availability   | item | availability: [[]]
                    bad-repeat         | item | repeat: {rule: 'sometimes'}
                    bad-repeat         | item | repeat: 'never'
                    bad-repeat         | item | repeat: {}
                    unknown-member     | item | repeat: {rule: 'always', after: 5}
                    bad-repeat         | item | repeat: {rule: 'always', afterSeconds: 5}
                    bad-repeat         | item | repeat: {rule: 'after', afterSeconds: 1.5}
                    bad-repeat         | item | repeat: {rule: 'after'}
                    bad-embedding      | item | embedding: [3.4001e38]
                    bad-embedding      | item | embedding: ['1']
                    """)
    void aBrokenRuleHasItsOwnCode(String code, String kind, String broken) {
        assertRefused(
                switch (kind) {
                    case "item" -> with(broken);
                    case "url" -> with(url(broken));
                    default -> broken;
                },
                code);
    }

    @Test
    void textsAndListsHaveTheirBounds() {
        assertRefused(with("itemId: '" + "x".repeat(129) + "'"), "bad-item-id");
        assertRefused(with("title: '" + "x".repeat(1_025) + "'"), "title-too-long");
        assertRefused(with("text: '" + "x".repeat(65_537) + "'"), "text-too-long");
        assertRefused(with("tags: [" + "'a',".repeat(50) + "'b']"), "bad-tags");
    }

    private static void assertRefused(String json, String code) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        InvalidItemException.class,
                        invalid -> assertThat(invalid.code()).isEqualTo(code));
    }

    /**
     * Returns a valid item with one more member, which replaces an earlier one of the same name.
     */
    private static String with(String member) {
        return "{\"itemId\": \"tea\", \"version\": 1, " + member + "}";
    }

    @Test
    void aMisspeltMemberOfAWindowIsNamedByItsPlace() {
        assertThatThrownBy(() -> read(with("\"availability\": [{}, {\"region\": [\"CH\"]}]")))
                .hasMessage(
                        "Member availability[1] has no member of that name; it may have from, regions,"
                                + " until.");
    }
}
