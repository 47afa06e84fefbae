package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.named;
import static dev.freshet.testkit.Site.article;
import static dev.freshet.testkit.Site.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a stranger with a publishable key can do to the lists that are the same for all users. The
 * stranger sends any events under a number of invented anonymous ids, of which each counts as a
 * person, because nobody can tell it from one.
 */
class NamedListsUnderAttackTest {
    private static final int K = ModelSettings.USUAL_K_ANONYMITY;
    private static final int ITEMS = 12;
    private static final int FLOOD = 2_000;

    /** The item that the stranger pushes; nobody else touched it. */
    private static final String PUSHED = "item-11";

    /** An item that is in no catalogue. */
    private static final String INVENTED = "http://spam.example/buy";

    /**
     * Returns a site on which item 0 has the most users, item 1 fewer and so on, of whom some like
     * and rate what they view.
     */
    private static Site site() {
        Site site = new Site(Model.empty(ModelSettings.DEFAULT.withKAnonymity(K)));
        site.catalogue(CatalogueMode.CLOSED);
        for (int item = 0; item < ITEMS; item++) {
            site.put(article("item-" + item, "Story number " + item, "news"));
        }
        for (int item = 0; item < ITEMS - 1; item++) {
            for (int user = 0; user < 3 * (ITEMS - item); user++) {
                String who = "user-" + item + "-" + user;
                Duration ago = Duration.ofMinutes(60 + 7L * user);
                site.does(who, EventType.VIEW, Target.item("item-" + item), ago, "BR");
                site.does(who, EventType.LIKE, Target.item("item-" + item), ago, "BR");
            }
        }
        return site;
    }

    private static void rate(Site site, String source, String item, int people) {
        List<Example> ratings = new ArrayList<>();
        for (int n = 0; n < people; n++) {
            ratings.add(
                    SiteFixture.rating(
                            source,
                            1 + n,
                            source.hashCode() * 1_000L + n,
                            item,
                            5,
                            Site.NOW.minus(MINUTE)));
        }
        site.learn(ratings);
    }

    /** Lets some ids do everything with an item, again and again, over a span of time. */
    private static void flood(Site site, int ids, int events, Duration span, String item) {
        for (int n = 0; n < events; n++) {
            String who = "anon-invented-" + n % ids;
            Duration ago = Duration.ofSeconds(1 + span.toSeconds() * n / events);
            for (EventType type : List.of(EventType.VIEW, EventType.CLICK, EventType.LIKE)) {
                site.does(who, type, Target.item(item), ago, "BR");
            }
        }
    }

    /** Returns every list with its items and their scores. */
    private static Map<String, List<String>> lists(Site site) {
        Map<String, List<String>> lists = new TreeMap<>();
        for (NamedList list : NamedList.values()) {
            for (Map<String, String> scope :
                    List.of(
                            Map.<String, String>of(),
                            Map.of("country", "BR"),
                            Map.of("tag", "news"))) {
                lists.put(list + " " + scope, entries(site, list, scope));
            }
        }
        for (String period : List.of("hour", "day", "month")) {
            lists.put(
                    "POPULAR in a " + period,
                    entries(site, NamedList.POPULAR, Map.of("period", period)));
        }
        return lists;
    }

    private static List<String> entries(Site site, NamedList list, Map<String, String> scope) {
        return named(site, list, scope).items().stream()
                .map(item -> item.itemId() + " " + item.score() + " " + item.reasons())
                .toList();
    }

    @Test
    void fewerIdsThanTheLimitMoveNoListHoweverMuchTheySend() {
        Map<String, List<String>> before = lists(site());
        Site flooded = site();

        flood(flooded, K - 1, FLOOD, HOUR, PUSHED);

        assertThat(lists(flooded)).isEqualTo(before);
    }

    @Test
    void fewerIdsThanTheLimitMoveNoListByEventsOfEarlierDaysEither() {
        Map<String, List<String>> before = lists(site());
        Site flooded = site();

        flood(flooded, K - 1, FLOOD, Duration.ofDays(7), PUSHED);

        assertThat(lists(flooded)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(NamedList.class)
    void anInventedItemIsInNoList(NamedList list) {
        Site flooded = site();

        flood(flooded, 200, FLOOD, HOUR, INVENTED);

        assertThat(ids(named(flooded, list, Map.of()))).doesNotContain(INVENTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 30})
    void aThousandEventsOfAnIdCountAsOneOfThatDay(int people) {
        Site once = site();
        Site often = site();

        flood(once, people, people, MINUTE, PUSHED);
        flood(often, people, people * 50, MINUTE, PUSHED);

        for (NamedList list : List.of(NamedList.POPULAR, NamedList.LIKED, NamedList.LATEST)) {
            assertThat(ids(named(often, list, Map.of())))
                    .as("%s", list)
                    .isEqualTo(ids(named(once, list, Map.of())));
        }
    }

    /** The stranger wins a place of popular items by as many ids as that place has people. */
    @Test
    void aPlaceOfPopularOrLikedItemsCostsAsManyIdsAsItHasPeople() {
        for (NamedList list : List.of(NamedList.POPULAR, NamedList.LIKED)) {
            Site few = site();
            flood(few, 9, FLOOD, Duration.ofMinutes(30), PUSHED);
            Site many = site();
            flood(many, 40, FLOOD, Duration.ofMinutes(30), PUSHED);

            List<String> afterFew = ids(named(few, list, Map.of()));
            assertThat(afterFew.indexOf(PUSHED)).as("%s", list).isGreaterThanOrEqualTo(7);
            assertThat(afterFew.subList(0, 7))
                    .as("%s", list)
                    .isEqualTo(ids(named(site(), list, Map.of())).subList(0, 7));
            assertThat(ids(named(many, list, Map.of())).getFirst())
                    .as("%s", list)
                    .isEqualTo(PUSHED);
        }
    }

    @Test
    void noEventMovesTheLatestItems() {
        List<String> before = ids(named(site(), NamedList.LATEST, Map.of()));
        Site flooded = site();

        flood(flooded, 200, FLOOD, Duration.ofDays(6), PUSHED);

        assertThat(ids(named(flooded, NamedList.LATEST, Map.of()))).isEqualTo(before);
    }

    @Test
    void everyItemOfAListOfLikesOrRatingsHasEnoughPeople() {
        Site site = site();
        for (int people = 1; people <= 8; people++) {
            rate(site, "raters-" + people, "item-" + people, people);
        }

        assertThat(ids(named(site, NamedList.TOP_RATED, Map.of())))
                .containsExactlyInAnyOrder("item-5", "item-6", "item-7", "item-8");
        assertThat(ids(named(site, NamedList.LIKED, Map.of()))).doesNotContain(PUSHED);
    }
}
