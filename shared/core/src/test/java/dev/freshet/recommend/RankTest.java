package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.NO_SECRET;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.down;
import static dev.freshet.recommend.SiteFixture.json;
import static dev.freshet.recommend.SiteFixture.list;
import static dev.freshet.recommend.SiteFixture.stating;
import static dev.freshet.recommend.SiteFixture.token;
import static dev.freshet.testkit.Site.NOW;
import static dev.freshet.testkit.Site.article;
import static dev.freshet.testkit.Site.ids;
import static dev.freshet.testkit.Site.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.access.ExposureToken;
import dev.freshet.event.Consent;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.features.Interactions;
import dev.freshet.profile.UserProfile.Shown;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.ranking.RankedList.Withheld;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenarios of given items in the order for a user, on a small site in memory. */
class RankTest {
    /** Football and cooking, each read by its own crowd; ana reads football. */
    private static Site newspaper() {
        return SiteFixture.newspaper(3, 6, 6).reads("ana", MINUTE, "f1");
    }

    private static String body(String members, String... itemIds) {
        String ids = itemIds.length == 0 ? "" : "'" + String.join("','", itemIds) + "'";
        return json("userId:'ana'%s,itemIds:[%s]".formatted(members, ids));
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 100, 1_000, 10_000, 60_000})
    void timesThatLieCloseTogetherAreNotBlownUpIntoScores(long milliseconds) {
        Site site = new Site();
        String[] items = new String[30];
        for (int i = 0; i < items.length; i++) {
            items[i] = "p" + i;
            site.put(article(items[i], "Product"));
            site.crowdReads(3, HOUR.plusMillis(i * milliseconds), items[i]);
        }

        assertThat(site.rank(body("", items)).items())
                .hasSize(30)
                .allSatisfy(item -> assertThat(Math.abs(item.score())).isLessThan(200));
    }

    @Test
    void whatIsRecommendedHasTheSameOrderScoresAndReasonsWhenItIsGivenInAnyOrder() {
        Site site = newspaper();
        Recommendations recommended = ask(site, "userId:'ana',diversity:0");
        List<String> shuffled = new ArrayList<>(ids(recommended));
        Collections.reverse(shuffled);

        Recommendations ranked = site.rank(body("", shuffled.toArray(String[]::new)));

        assertThat(ranked.items()).isEqualTo(recommended.items()).hasSize(5);
        assertThat(given(ranked).withheld()).isEmpty();
        assertThat(given(ranked).unranked()).isEmpty();
        assertThat(given(ranked).dropped()).isEmpty();
    }

    @Test
    void anItemThatNoSourceProposesIsScoredAllTheSame() {
        Site site = newspaper();
        for (int n = 0; n < 600; n++) {
            site.put(article("more-" + n, "Number " + n + " of many", "other"));
        }
        assertThat(list(site, "userId:'ana',count:100")).doesNotContain("more-0");

        Recommendations ranked = site.rank(body("", "more-0", "f2", "c2"));

        assertThat(ids(ranked)).startsWith("f2").contains("more-0").hasSize(3);
        assertThat(ranked.items())
                .allMatch(item -> !item.reasons().isEmpty() && Double.isFinite(item.score()));
    }

    @Test
    void variantsOfEachOtherAreBothKept() {
        Site site =
                newspaper()
                        .put(
                                article("red", "Boots in red", "shoes").group("boots"),
                                article("blue", "Boots in blue", "shoes").group("boots"));

        assertThat(ids(site.rank(body("", "red", "blue", "f2"))))
                .containsExactlyInAnyOrder("red", "blue", "f2");
    }

    private static Site withEveryKindOfWithheldItem() {
        Shown often = new Shown(9, NOW.minus(HOUR.multipliedBy(2)), NOW.minus(HOUR));
        Site site =
                newspaper()
                        .put(
                                article("later", "Not published yet", "football")
                                        .available(Set.of(), NOW.plus(HOUR), null),
                                article("abroad", "Shown in Brazil", "football")
                                        .available(Set.of("BR"), null, null),
                                article("gone", "Deleted", "football"),
                                article("hidden", "Nothing for ana", "football"),
                                article("often", "Shown again and again", "football"),
                                article("other", "Of another kind", "cooking"))
                        .delete("gone")
                        .profile(
                                stating("ana", Map.of(), Consent.GIVEN)
                                        .shown(Map.of("often", often), null));
        return site.does("ana", EventType.HIDE, Target.item("hidden"), Duration.ofMinutes(2), null);
    }

    private static final String FOOTBALL = ",filter:{field:'tags',contains:'football'}";

    private static final String[] EVERY_KIND = {
        "nowhere", "later", "f1", "hidden", "often", "other", "f2", "abroad", "gone"
    };

    @Test
    void whatAFilterWouldWithholdKeepsItsPlaceAndSaysWhy() {
        Recommendations ranked = withEveryKindOfWithheldItem().rank(body(FOOTBALL, EVERY_KIND));

        assertThat(ids(ranked)).containsExactlyInAnyOrder("f1", "hidden", "often", "other", "f2");
        assertThat(codes(given(ranked).withheld().values()))
                .isEqualTo(
                        Map.of(
                                "f1",
                                "seen",
                                "hidden",
                                "unwanted",
                                "often",
                                "shown",
                                "other",
                                "request"));
        assertThat(Objects.requireNonNull(given(ranked).withheld().get("often")).text())
                .isEqualTo(
                        "The filter shown withholds it: it was shown 4 times or more without an"
                                + " interaction, and rests until 24 hours after the last time.");
    }

    @Test
    void whatMayNotBeShownToAnybodyComesLastWithoutAScoreInTheOrderGiven() {
        Recommendations ranked = withEveryKindOfWithheldItem().rank(body(FOOTBALL, EVERY_KIND));

        assertThat(given(ranked).unranked())
                .extracting(Withheld::itemId, Withheld::code)
                .containsExactly(
                        Tuple.tuple("nowhere", "unknown"),
                        Tuple.tuple("later", "availability"),
                        Tuple.tuple("abroad", "availability"),
                        Tuple.tuple("gone", "unknown"));
    }

    @Test
    void onRequestEverythingThatWouldBeWithheldIsLeftOutAndNamed() {
        Recommendations ranked =
                withEveryKindOfWithheldItem().rank(body(FOOTBALL + ",drop:true", EVERY_KIND));

        assertThat(ids(ranked)).containsExactly("f2");
        assertThat(given(ranked).withheld()).isEmpty();
        assertThat(given(ranked).unranked()).isEmpty();
        assertThat(given(ranked).dropped())
                .extracting(Withheld::itemId)
                .containsExactly(
                        "nowhere", "later", "f1", "hidden", "often", "other", "abroad", "gone");
    }

    @Test
    void anIdThatIsGivenTwiceCountsOnceAndIsTold() {
        Recommendations ranked = newspaper().rank(body("", "f2", "c1", "f2", "x", "x", "x"));

        assertThat(ids(ranked)).containsExactly("f2", "c1");
        assertThat(given(ranked).unranked()).extracting(Withheld::itemId).containsExactly("x");
        assertThat(given(ranked).duplicates()).containsExactly("f2", "x");

        Recommendations unknown = newspaper().rank(body("", "x", "y"));
        assertThat(unknown.items()).isEmpty();
        assertThat(given(unknown).unranked()).hasSize(2);
    }

    @Test
    void aStrangerWhoGuessesTheIdOfAnUnpublishedItemLearnsNothingOfItsContent() {
        Site site = withEveryKindOfWithheldItem();
        String sentence =
                "The filter availability withholds it: it is deleted, in no catalogue, or not"
                        + " available in this country at this time.";
        for (String likeness : List.of("f2", "c2")) {
            Recommendations ranked =
                    site.rank(
                            json(
                                    "itemIds:['later','f3'],itemId:'%s',boost:[{when:{field:'tags',contains:'football'},factor:9}]"
                                            .formatted(likeness)));

            assertThat(ids(ranked)).containsExactly("f3");
            assertThat(given(ranked).unranked())
                    .containsExactly(new Withheld("later", "availability", sentence));
        }
    }

    @Test
    void theExposureTokenNamesTheFirstHundredItemsAsTheyWereShown() {
        Site site = newspaper();
        String[] many = manyArticles(site, 300);

        Recommendations answer = site.rank(body("", many));

        ExposureToken token = token(answer);
        assertThat(answer.items()).hasSize(300);
        assertThat(token.itemIds()).isEqualTo(ids(answer).subList(0, 100));
        assertThat(token.items())
                .allMatch(shown -> shown.propensity() == 1 && !shown.drawn() && !shown.newcomer())
                .allMatch(shown -> shown.sources() != 0);
    }

    /** Puts so many articles of both topics, and returns their ids. */
    private static String[] manyArticles(Site site, int count) {
        String[] ids = IntStream.range(0, count).mapToObj(n -> "more-" + n).toArray(String[]::new);
        for (int n = 0; n < count; n++) {
            site.put(article(ids[n], "Number " + n, n % 2 == 0 ? "football" : "cooking"));
        }
        return ids;
    }

    private static String experiment(String arm) {
        return SiteFixture.experiment("a", "layer", 0.99, "", "," + arm);
    }

    @Test
    void whereListsAreDrawnTheOrderIsDrawnWithItsPropensities() {
        String arm = "exploration:{policy:'plackett-luce',temperature:1}";
        Recommender recommender = newspaper().experiment(experiment(arm)).recommender();
        Set<List<String>> orders = new HashSet<>();
        for (int list = 0; list < 20; list++) {
            Recommendations ranked =
                    recommender.recommend(Site.rankQuery(body("", "f2", "c1", "c2")));
            ExposureToken token = token(ranked);
            assertThat(token.items()).allMatch(shown -> shown.drawn() && shown.propensity() > 0);
            assertThat(token.items().getFirst().propensity()).isLessThan(1);
            assertThat(token.items().getLast().propensity()).isEqualTo(1);
            assertThat(token.arms()).hasSize(1);
            orders.add(ids(ranked));
        }

        assertThat(orders).hasSizeGreaterThan(1);
    }

    @Test
    void theArmsOfTheUserFilterBoostAndReplaceTheRanking() {
        Recommendations filtered =
                newspaper()
                        .experiment(experiment("filter:{field:'tags',contains:'cooking'}"))
                        .rank(body("", "f2", "c1"));
        assertThat(codes(given(filtered).withheld().values())).isEqualTo(Map.of("f2", "request"));

        Recommendations ranked =
                newspaper()
                        .crowdReads(4, HOUR, "c3", "c3")
                        .experiment(experiment("strategy:'popular'"))
                        .rank(body("", "f2", "c1", "c3"));
        assertThat(ids(ranked)).startsWith("c3").hasSize(3);
        assertThat(texts(ranked, "c3")).containsExactly("Popular this week");
    }

    @Test
    void storesThatAreDownLeaveTheOrderOfTheSessionAndAreTold() {
        Site site = newspaper();
        Interactions down = down(Interactions.class, site.interactions);
        Recommender recommender = site.recommender(down, site.users, NO_SECRET);

        Recommendations answer =
                recommender.recommend(
                        Site.rankQuery(body(",session:{items:[{itemId:'c1'}]}", "f2", "c2")));

        assertThat(ids(answer)).containsExactly("c2", "f2");
        assertThat(answer.exposure()).isEmpty();
        assertThat(answer.degradedReasons())
                .containsExactly("history-unavailable", "exposure-unavailable");
    }

    @Test
    void fiveHundredItemsAreOrderedAndOneMoreIsRefused() {
        Site site = newspaper();
        assertThat(site.rank(body("", manyArticles(site, 500))).items()).hasSize(500);

        String[] tooMany = IntStream.range(0, 501).mapToObj(n -> "x" + n).toArray(String[]::new);
        assertRefused("too-many-items", body("", tooMany));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    missing-field   | userId:'ana'
                    missing-field   | itemIds:[]
                    wrong-type      | itemIds:'a'
                    bad-id          | itemIds:[7]
                    bad-id          | itemIds:['']
                    wrong-type      | itemIds:['a'],drop:'yes'
                    unknown-field   | itemIds:['a'],count:5
                    unknown-field   | itemIds:['a'],diversity:0
                    unknown-repeats | itemIds:['a'],repeats:'sometimes'
                    """)
    void aQueryThatBreaksARuleIsRefusedWithItsCode(String code, String members) {
        assertRefused(code, json(members));
    }

    private static void assertRefused(String code, String body) {
        assertThatThrownBy(() -> Site.rankQuery(body))
                .isInstanceOfSatisfying(
                        InvalidQueryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static Map<String, String> codes(Iterable<Withheld> withheld) {
        Map<String, String> codes = new HashMap<>();
        withheld.forEach(one -> codes.put(one.itemId(), one.code()));
        return codes;
    }

    private static String code(Recommendations ranked, String itemId) {
        Withheld withheld = given(ranked).withheld().get(itemId);
        return withheld == null ? "" : withheld.code();
    }

    @Test
    void aPinnedItemHasItsPositionAndSaysWhy() {
        Site site = newspaper();
        String pins = ",pins:[{itemId:'c3',position:1},{itemId:'x',position:2}]";
        Recommendations list = site.rank(body(pins, "f2", "f3", "c1", "c3"));

        List<String> without = ids(site.rank(body("", "f2", "f3", "c1")));
        assertThat(ids(list)).startsWith("c3").hasSize(4);
        assertThat(ids(list).subList(1, 4)).isEqualTo(without);
        assertThat(texts(list, "c3")).containsExactly("Selected by the site");
    }

    @Test
    void whatALimitHoldsBackKeepsItsPlaceAndIsNamedOrIsDroppedIfAsked() {
        String limits = ",limits:[{field:'tags',max:1}]";

        Recommendations kept = newspaper().rank(body(limits, "f2", "f3", "c1"));
        Recommendations dropped = newspaper().rank(body(limits + ",drop:true", "f2", "f3", "c1"));

        assertThat(ids(kept)).hasSize(3);
        assertThat(code(kept, ids(kept).get(1))).isEqualTo("limit");
        assertThat(given(kept).withheld()).hasSize(1);
        assertThat(given(kept).dropped()).isEmpty();
        assertThat(ids(dropped)).hasSize(2).contains("c1");
        assertThat(given(dropped).dropped()).extracting(Withheld::code).containsExactly("limit");
        assertThat(given(dropped).withheld()).isEmpty();
    }

    @Test
    void whatIsBelowTheLeastScoreIsNamed() {
        Recommendations ranked = newspaper().rank(body(",minScore:0.5", "f2", "f3", "c1", "c2"));

        assertThat(ids(ranked)).hasSize(4);
        assertThat(given(ranked).withheld().keySet()).contains("c1", "c2").doesNotContain("f2");
        assertThat(code(ranked, "c1")).isEqualTo("min-score");
    }

    @Test
    void namedRulesHoldForGivenItemsAndUnknownOnesAreTold() {
        Site site = newspaper();
        site.rule(
                "kitchen",
                """
                {"filter":{"field":"tags","contains":"cooking"},
                 "promotions":[{"filter":{"field":"itemId","is":"c2"},"share":0.5}]}
                """);

        Recommendations ranked =
                site.rank(body(",rules:['kitchen','nothing']", "f2", "f3", "c1", "c2"));

        assertThat(ids(ranked)).startsWith("c2").hasSize(4);
        assertThat(texts(ranked, "c2")).containsExactly("Promoted");
        assertThat(code(ranked, "f2")).isEqualTo("request");
        assertThat(code(ranked, "c1")).isEmpty();
        assertThat(ranked.degradedReasons()).contains("unknown-rule");
    }

    private static Recommendations.Given given(Recommendations ranked) {
        return Objects.requireNonNull(ranked.given());
    }
}
