package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.json;
import static dev.freshet.recommend.SiteFixture.list;
import static dev.freshet.testkit.Site.article;
import static dev.freshet.testkit.Site.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Target;
import dev.freshet.model.Model;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules that are stored with the stack and used by name. */
class NamedRulesTest {
    private static final String STOCKED =
            "{\"filter\":{\"field\":\"attributes.stock\",\"from\":1}}";

    private static final Duration DAY = Duration.ofDays(1);

    private static Site shop() {
        Site site = new Site();
        for (int i = 0; i < 20; i++) {
            site.put(
                    article("p" + i, "Product " + i)
                            .author("maker" + i % 3)
                            .attribute("stock", AttributeValue.of(i % 2)));
            site.crowdReads(2, Duration.ofHours(1 + i), "p" + i);
        }
        return site;
    }

    private static String using(String names, String more) {
        return "userId:'ana',count:6,rules:[" + names + "]" + more;
    }

    @Test
    void theFilterOfANamedRuleHoldsTogetherWithThatOfTheRequest() {
        Site site = shop().rule("in-stock", STOCKED);

        assertThat(list(site, using("'in-stock'", "")))
                .hasSize(6)
                .allMatch(id -> Integer.parseInt(id.substring(1)) % 2 == 1);
        assertThat(list(site, using("'in-stock'", ",filter:{field:'itemId',in:['p1','p2']}")))
                .containsExactly("p1");
    }

    @Test
    void aStoredRuleNamesTypesOfTheOwner() {
        String tried = "{\"not\":{\"interacted\":{\"types\":[\"try-on\"]}}}";
        EventTypes types = EventTypes.parse("{\"try-on\":{\"slot\":2,\"strength\":2}}");
        Model knowing = Model.EMPTY.withReadSettings(Model.EMPTY.settings().withEventTypes(types));
        for (Model model : List.of(Model.EMPTY, knowing)) {
            Site site =
                    new Site(model)
                            .put(article("hat", "A hat"), article("coat", "A coat"))
                            .crowdReads(5, HOUR, "hat", "coat")
                            .does("ana", EventType.OWN_2, Target.item("hat"), DAY, null)
                            .rule("untried", "{\"filter\":" + tried + "}");
            Recommendations answer = ask(site, using("'untried'", ",repeats:'always'"));
            if (model == knowing) {
                assertThat(ids(answer)).containsExactly("coat");
                assertThat(answer.degradedReasons()).isEmpty();
            } else {
                assertThat(ids(answer)).contains("hat");
                assertThat(answer.degradedReasons()).containsExactly("unknown-rule");
            }
        }
    }

    @Test
    void aRuleThatIsChangedOrDeletedIsSoForTheNextRequest() {
        Site site = shop().rule("in-stock", STOCKED);
        site.rule("in-stock", "{\"filter\":{\"field\":\"attributes.stock\",\"is\":0}}");

        assertThat(list(site, using("'in-stock'", "")))
                .allMatch(id -> Integer.parseInt(id.substring(1)) % 2 == 0);

        site.rule("in-stock", null);
        Recommendations without = ask(site, using("'in-stock'", ""));
        assertThat(without.items()).hasSize(6);
        assertThat(without.degradedReasons()).containsExactly("unknown-rule");
    }

    @Test
    void pinsOfTheRequestComeFirstAndATakenPositionIsMovedOn() {
        String first = json("pins:[{itemId:'p4',position:1},{itemId:'p5',position:2}]");
        String second = json("pins:[{itemId:'p6',position:1},{itemId:'p9',position:5}]");
        Site site = shop().rule("a", first).rule("b", second);

        assertThat(list(site, using("'b','a'", ",pins:[{itemId:'p9',position:1}]")))
                .startsWith("p9", "p6", "p4", "p5");
    }

    @Test
    void theStricterLimitAndTheGreaterLeastScoreCount() {
        Site site =
                shop().rule("one", "{\"limits\":[{\"field\":\"author\",\"max\":1}]}")
                        .rule("sure", "{\"minScore\":0.99}");

        assertThat(list(site, using("'one'", ",limits:[{field:'author',max:4}]")))
                .as("there are three makers")
                .hasSize(3);
        assertThat(ask(site, using("'sure'", ",minScore:0.1")).items()).hasSizeLessThan(6);
    }

    @Test
    void promotionsShareWhatTheOthersLeave() {
        String promoted = "promotions:[{filter:{field:'attributes.stock',is:%d},share:%s}]";
        Site site = shop().rule("stock", json(promoted.formatted(1, 0.8)));

        assertThat(list(site, using("'stock'", "," + promoted.formatted(0, 0.5)))).hasSize(6);
    }

    @Test
    void rulesForWhoseTreesThereIsNoRoomAreLeftOutAndNamed() {
        List<String> types = Collections.nCopies(31, "{field:'type',is:'x'}");
        List<String> wide = Collections.nCopies(4, "{any:[" + String.join(",", types) + "]}");
        String large = json("filter:{not:{any:[" + String.join(",", wide) + "]}}");
        Site site = shop();
        IntStream.range(0, 3).forEach(i -> site.rule("large-" + i, large));

        Recommendations answer = ask(site, using("'large-0','large-1','large-2'", ""));

        assertThat(answer.items()).hasSize(6);
        assertThat(answer.degradedReasons()).containsExactly("rules-too-large");
    }

    @Test
    void aRuleOfALaterReleaseIsLeftOut() {
        Site site = shop().rule("future", "{\"hologram\":true}");

        assertThat(ask(site, using("'future'", "")).degradedReasons())
                .containsExactly("unknown-rule");
    }

    @Test
    void aRuleThatAsksAboutTheUserSaysSoToNobody() {
        Site site = shop().rule("new", "{\"filter\":{\"not\":{\"interacted\":{}}}}");

        assertThat(ask(site, "rules:['new']").degradedReasons()).containsExactly("user-unknown");
    }
}
