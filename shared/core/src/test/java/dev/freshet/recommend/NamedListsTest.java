package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.named;
import static dev.freshet.testkit.Site.article;
import static dev.freshet.testkit.Site.ids;
import static dev.freshet.testkit.Site.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.Item;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios of the lists that are the same for all users, on a small site in memory. */
class NamedListsTest {
    /** Of three items one is read now by few, one since yesterday, one since a week by many. */
    private static Site newspaper() {
        return new Site()
                .put(
                        article("old", "Read for a week", "news"),
                        article("day", "Read since yesterday", "news"),
                        article("now", "Read since minutes", "sports"))
                .crowdReads(40, Duration.ofDays(6), "old")
                .crowdReads(9, Duration.ofHours(12), "day")
                .crowdReads(4, MINUTE, "now");
    }

    private static Example published(String id, String tag, Duration ago) {
        Item item = Examples.article(id, List.of(tag), null, Site.NOW.minus(ago));
        return new Example.ItemChanged(item, Map.of(), Site.NOW);
    }

    private static void likes(Site site, int users, String item) {
        for (int user = 0; user < users; user++) {
            site.does("fan-" + user, EventType.LIKE, Target.item(item), HOUR, null);
        }
    }

    private static void rates(Site site, int users, String item, float stars) {
        List<Example> ratings = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            String shard = "ratings-of-" + item;
            Instant at = Site.NOW.minus(HOUR);
            ratings.add(SiteFixture.rating(shard, 1 + user, 77_000L + user, item, stars, at));
        }
        site.learn(ratings);
    }

    @Test
    void likedItemsComeByTheirNumberOfLikesAndNoOthersAreListed() {
        Site site = newspaper();
        likes(site, 12, "day");
        likes(site, 23, "now");

        Recommendations answer = named(site, NamedList.LIKED, Map.of());

        assertThat(ids(answer)).containsExactly("now", "day");
        assertThat(texts(answer, "now")).containsExactly("Liked by 20 people or more");
        assertThat(answer.items()).extracting(RecommendedItem::score).containsExactly(20.0, 10.0);
        assertThat(ids(named(site, NamedList.LIKED, Map.of("tag", "news")))).containsExactly("day");
    }

    @Test
    void topRatedItemsNeedEnoughRatersAndTellTheirStarsInHalves() {
        Site site = newspaper();
        rates(site, 40, "old", 4.5f);
        rates(site, 40, "day", 3);
        rates(site, 4, "now", 5);

        Recommendations answer = named(site, NamedList.TOP_RATED, Map.of());

        assertThat(ids(answer)).containsExactly("old", "day");
        assertThat(answer.items()).extracting(RecommendedItem::score).containsExactly(4.5, 3.0);
        assertThat(texts(answer, "old")).containsExactly("Rated about 4.5 of 5 stars");
        assertThat(texts(answer, "day")).containsExactly("Rated about 3 of 5 stars");
    }

    @ParameterizedTest
    @CsvSource({
        "hour, now, Popular this hour", "day, day, Popular today",
        "week, old, Popular this week", "month, old, Popular this month"
    })
    void popularItemsAreThoseOfThePeriodAndSayWhich(String period, String first, String text) {
        Recommendations answer = named(newspaper(), NamedList.POPULAR, Map.of("period", period));

        assertThat(ids(answer)).startsWith(first).hasSize(3);
        assertThat(texts(answer, first)).containsExactly(text);
    }

    @Test
    void scoresOfPopularItemsAreNumbersOfPeopleRoundedDown() {
        assertThat(named(newspaper(), NamedList.POPULAR, Map.of("period", "month")).items())
                .extracting(RecommendedItem::score)
                .containsExactly(20.0, 5.0, 2.0);
    }

    @Test
    void popularItemsOfACountryComeBeforeThoseOfAllUsers() {
        Site site = newspaper().put(article("br", "Read in Brazil", "news"));
        for (int user = 0; user < 3; user++) {
            site.does("br-" + user, EventType.VIEW, Target.item("br"), HOUR, "BR");
        }

        Recommendations answer = named(site, NamedList.POPULAR, Map.of("country", "BR"));

        assertThat(ids(answer)).startsWith("br", "old").hasSize(4);
        assertThat(texts(answer, "br")).containsExactly("Popular in BR");
        assertThat(texts(answer, "old")).containsExactly("Popular this week");
    }

    @Test
    void latestItemsComeByBirthWhateverTheOrderTheyWerePutIn() {
        Site site =
                new Site()
                        .learn(
                                List.of(
                                        published("newest", "news", HOUR),
                                        published("oldest", "sports", Duration.ofDays(300)),
                                        published("older", "news", Duration.ofDays(30))));

        assertThat(ids(named(site, NamedList.LATEST, Map.of())))
                .containsExactly("newest", "older", "oldest");
        assertThat(ids(named(site, NamedList.LATEST, Map.of("tag", "news"))))
                .containsExactly("newest", "older");
        assertThat(texts(named(site, NamedList.LATEST, Map.of()), "older"))
                .containsExactly("New in news");
    }

    @Test
    void anItemWhoseBirthIsYetToComeIsNotAmongTheLatestOfACrowdedSite() {
        Site site = new Site();
        for (int n = 0; n < 40; n++) {
            site.learn(List.of(published("n" + n, "news", HOUR)));
        }
        site.learn(List.of(published("soon", "news", HOUR.negated())));

        assertThat(ids(named(site, NamedList.LATEST, Map.of("count", "10"))))
                .hasSize(10)
                .doesNotContain("soon");
    }

    @Test
    void everyListWithholdsWhatIsSeenHiddenUnavailableOrFilteredOut() {
        Site site =
                newspaper()
                        .put(
                                article("abroad", "In Portugal alone", "news")
                                        .available(Set.of("PT"), null, null))
                        .reads("ana", HOUR, "old");
        site.does("ana", EventType.HIDE, Target.item("now"), HOUR, null);
        for (String item : List.of("old", "day", "now", "abroad")) {
            likes(site, 6, item);
            rates(site, 6, item, 4);
        }
        String sports = "{\"field\":\"tags\",\"contains\":\"sports\"}";
        for (NamedList list : NamedList.values()) {
            assertThat(ids(named(site, list, Map.of("userId", "ana"))))
                    .as(list.wireName())
                    .containsExactly("day");
            assertThat(ids(named(site, list, Map.of("filter", sports))))
                    .as(list.wireName())
                    .containsExactly("now");
        }
    }

    @Test
    void ofVariantsOfOneGroupTheFirstIsListed() {
        Site site =
                newspaper()
                        .put(
                                article("red", "In red", "shoes").group("boots"),
                                article("blue", "In blue", "shoes").group("boots"));

        assertThat(ids(named(site, NamedList.LATEST, Map.of("tag", "shoes")))).hasSize(1);
    }

    @Test
    void whatFewerThanThreePeopleDidMovesNoList() {
        Site site =
                new Site(Model.empty(ModelSettings.DEFAULT.withKAnonymity(3)))
                        .put(article("a", "Read by two", "x"), article("b", "Read by nobody", "x"));
        for (int user = 0; user < 2; user++) {
            site.does("u" + user, EventType.VIEW, Target.item("a"), HOUR, null);
        }

        Recommendations answer = named(site, NamedList.POPULAR, Map.of());

        assertThat(ids(answer)).containsExactly("b", "a");
        assertThat(answer.items()).extracting(RecommendedItem::score).containsOnly(0.0);
        assertThat(answer.items())
                .extracting(item -> item.reasons().getFirst().text())
                .containsOnly("New in x");
    }

    @Test
    void aListFollowsTheModelWhenItemsAndEventsCome() {
        Site site = newspaper();
        assertThat(ids(named(site, NamedList.POPULAR, Map.of("period", "hour")))).startsWith("now");

        site.crowdReads(30, MINUTE, "day");
        site.delete("now");

        assertThat(ids(named(site, NamedList.POPULAR, Map.of("period", "hour"))))
                .startsWith("day")
                .doesNotContain("now");
    }
}
