package dev.freshet.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.Grammar.StorySlots;
import dev.freshet.generator.Newspaper.Topic;
import java.io.StringReader;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class OutdoorShopTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Pattern MALFORMED =
            Pattern.compile("[{}|]| {2}|\\b[Aa] (?=[aeio])|\\ban (?=[^aeiouh])| [,.]");

    private final GeneratedSite shop = OutdoorShop.of(7, 100, START);

    @Test
    void noProductAppearsLater() {
        assertThat(shop.appear(START.plusSeconds(3_600))).isEmpty();
    }

    @Test
    void equalSeedsGiveEqualShops() {
        assertThat(OutdoorShop.of(7, 100, START).items()).isEqualTo(shop.items());
        assertThat(OutdoorShop.of(8, 100, START).items()).isNotEqualTo(shop.items());
    }

    @Test
    void everyKindOfEveryDepartmentHasATextThatNamesItAndAPrice() {
        for (Topic department : OutdoorShop.DEPARTMENTS) {
            for (String kind : department.tags()) {
                assertThat(OutdoorShop.KINDS).containsKey(kind);
                for (Grammar.Template template : department.grammar().under(kind)) {
                    StorySlots slots =
                            new StorySlots(department.grammar(), new SplittableRandom(1));
                    String text = slots.fill(template.title()) + " " + slots.fill(template.text());

                    assertThat(text.toLowerCase(Locale.ROOT))
                            .contains(kind)
                            .doesNotContainPattern(MALFORMED)
                            .contains(slots.value("colour"));
                }
            }
        }
        assertThat(OutdoorShop.KINDS)
                .hasSameSizeAs(
                        OutdoorShop.DEPARTMENTS.stream().flatMap(d -> d.tags().stream()).toList());
    }

    @Test
    void productsHaveAPriceOfTheirKindAndAboutOneInTwelveIsOutOfStock() {
        int soldOut = 0;
        for (GeneratedItem each : shop.items()) {
            OutdoorShop.Kind kind =
                    Objects.requireNonNull(OutdoorShop.KINDS.get(each.item().tags().get(1)));

            assertThat(number(each.item(), "price"))
                    .isBetween(kind.least() + 0.9, kind.most() + 0.9);
            soldOut += number(each.item(), "stock") == 0 ? 1 : 0;
        }
        assertThat(soldOut / 600.0).isCloseTo(1 / 12.0, within(0.04));
    }

    @Test
    void thePicturesAreWellFormedAndNameNoOtherAddress() throws Exception {
        for (GeneratedItem each : shop.items()) {
            String picture = OutdoorShop.picture(each.item());

            assertThat(picture.replace("http://www.w3.org/2000/svg", ""))
                    .doesNotContain("http", "script", "\"#\"", "null");
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(picture)));
        }
    }

    private static double number(Item item, String attribute) {
        return ((AttributeValue.Numeric) Objects.requireNonNull(item.attributes().get(attribute)))
                .value();
    }
}
