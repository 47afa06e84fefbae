package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.explanation;
import static dev.freshet.recommend.SiteFixture.json;
import static dev.freshet.recommend.SiteFixture.list;
import static dev.freshet.recommend.SiteFixture.token;
import static dev.freshet.testkit.Site.article;
import static dev.freshet.testkit.Site.ids;
import static dev.freshet.testkit.Site.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.recommend.RequestExplanation.ItemExplanation;
import dev.freshet.recommend.RequestExplanation.RuleEffect;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules of a list, from the request to the answer. */
class ListRulesTest {
    private static Site shop() {
        Site site = new Site();
        for (int i = 0; i < 30; i++) {
            site.put(
                    article("p" + i, "Product " + i, "tag" + i % 4)
                            .author("maker" + i % 3)
                            .attribute("margin", AttributeValue.of(i % 10 / 10.0)));
        }
        site.put(
                article("poster", "Sale"),
                article("abroad", "Abroad").available(Set.of("PT"), null, null));
        for (int i = 0; i < 20; i++) {
            site.crowdReads(3, Duration.ofHours(1 + i), "p" + i);
        }
        return site.does("ana", EventType.HIDE, Target.item("p3"), Duration.ofDays(1), null);
    }

    private static RequestExplanation explain(String request, String itemId) {
        String body = "{\"request\":" + request + ",\"itemId\":\"" + itemId + "\"}";
        return shop().recommender().explain(explanation(body));
    }

    private static List<String> effects(String request) {
        return explain(request, "p0").rules().stream().map(RuleEffect::text).toList();
    }

    @Test
    void aPinnedItemThatNoSourceFoundHasItsPositionAndItsReason() {
        String pins = "pins:[{itemId:'poster',position:2},{itemId:'p1',position:5}]";
        Recommendations answer = ask(shop(), "userId:'ana',count:6," + pins);

        assertThat(ids(answer)).hasSize(6).doesNotHaveDuplicates();
        assertThat(ids(answer).get(1)).isEqualTo("poster");
        assertThat(ids(answer).get(4)).isEqualTo("p1");
        assertThat(texts(answer, "poster")).containsExactly("Selected by the site");
    }

    @Test
    void whatMayNotBeShownIsNotPinnedAndTheExplanationSaysWhy() {
        String request =
                "{\"userId\":\"ana\",\"count\":4,\"pins\":[{\"itemId\":\"p3\",\"position\":1},{\"itemId\":\"abroad\",\"position\":2},{\"itemId\":\"nothing\",\"position\":3},{\"itemId\":\"p5\",\"position\":9},{\"itemId\":\"p7\",\"position\":4}]}";

        assertThat(ids(shop().recommend(request)))
                .hasSize(4)
                .doesNotContain("p3", "abroad", "nothing");
        assertThat(effects(request))
                .hasSize(5)
                .satisfiesExactly(
                        hidden -> assertThat(hidden).contains("p3", "disliked or hid"),
                        abroad -> assertThat(abroad).contains("abroad", "not available"),
                        unknown -> assertThat(unknown).contains("unknown"),
                        late -> assertThat(late).contains("position 9"),
                        shown -> assertThat(shown).contains("position 4 and has it"));
    }

    @Test
    void aListThatIsTooShortKeepsItsPins() {
        String three = "filter:{field:'itemId',in:['p1','p2','poster']}";
        String pins = "pins:[{itemId:'poster',position:9}]";
        Recommendations answer = ask(shop(), "userId:'ana',count:10," + three + "," + pins);

        assertThat(ids(answer)).hasSize(3).last().isEqualTo("poster");
    }

    @Test
    void theTokenOfAPlaceThatARuleGaveSaysThatItWasNotDrawn() {
        String rules =
                "pins:[{itemId:'poster',position:1}],promotions:[{filter:{field:'attributes.margin',from:0.9},share:0.25}]";
        Recommendations answer = ask(shop(), "userId:'ana',count:8," + rules);
        ExposureToken token = token(answer);

        assertThat(token.items().getFirst().propensity()).isEqualTo(1);
        assertThat(token.items().getFirst().drawn()).isFalse();
        assertThat(token.items().getFirst().newcomer()).isFalse();
        assertThat(ids(answer)).containsAnyOf("p9", "p19", "p29");
        assertThat(answer.items())
                .filteredOn(item -> Set.of("p9", "p19", "p29").contains(item.itemId()))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void promotedItemsAreFoundInTheCatalogueWhereNoSourceFindsThem() {
        Site large = new Site();
        large.put(article("rare", "Rare").type("rare"));
        for (int i = 0; i < 400; i++) {
            large.put(article("a" + i, "Item " + i));
        }
        for (int i = 0; i < 200; i++) {
            large.crowdReads(2, HOUR, "a" + i);
        }
        String promoting =
                json("count:10,promotions:[{filter:{field:'type',is:'rare'},share:0.1}]");

        assertThat(list(large, "count:10")).doesNotContain("rare");
        assertThat(ids(large.recommend(promoting))).contains("rare");
        assertThat(texts(large.recommend(promoting), "rare")).containsExactly("Promoted");
    }

    @Test
    void theExplanationSaysWhichRuleHeldAnItemBack() {
        String limited =
                "{\"userId\":\"ana\",\"count\":3,\"limits\":[{\"field\":\"author\",\"max\":1}]}";
        List<String> shown = ids(shop().recommend(limited));
        String other =
                IntStream.range(0, 30)
                        .mapToObj(i -> "p" + i)
                        .filter(id -> !shown.contains(id) && !id.equals("p3"))
                        .findFirst()
                        .orElseThrow();

        ItemExplanation item = Objects.requireNonNull(explain(limited, other).item());

        assertThat(item.sentences().getLast()).contains("a rule allows 1 of the same author");
        assertThat(effects("{\"userId\":\"ana\",\"minScore\":0.9}"))
                .singleElement()
                .asString()
                .contains("chance below 0.9");
    }

    @Test
    void whoAsksForAGreatChanceGetsAShortListOrNone() {
        assertThat(ask(shop(), "userId:'ana',minScore:0.99").items()).hasSizeLessThan(20);
    }

    @Test
    void aPromotionThatAsksAboutNobodySaysSo() {
        assertThat(ask(shop(), "promotions:[{filter:{interacted:{}},share:0.5}]").degradedReasons())
                .containsExactly("user-unknown");
    }
}
