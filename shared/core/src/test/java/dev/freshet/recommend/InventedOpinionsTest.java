package dev.freshet.recommend;

import static dev.freshet.testkit.Site.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Standing;
import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * How many requests with a publishable key put an item that nobody else touched on top of a list,
 * each naming two invented anonymous users, who are all reported again after a time. The site has
 * 120 users: 20 items, of which the first is rated 4.6 by 150 people who signed in and liked by 50,
 * the others less.
 */
class InventedOpinionsTest {
    private static final String TARGET = "the target";
    private static final String POPULAR = "item-0";
    private static final int ITEMS = 20;
    private static final int WAIT = 60;
    private static final int IDS_OF_A_REQUEST = 2;
    private static final int MAX_REQUESTS = 200;
    private static final Duration MINUTE = Duration.ofSeconds(62);
    private static final Duration DAYS = Duration.ofDays(3);
    private static final int NEVER = Integer.MAX_VALUE;

    private final Model honest = honest();
    private long sequence;

    private Example.Interaction does(
            String shard, long user, String item, EventType type, float stars, Instant at) {
        return SiteFixture.event(shard, ++sequence, user, item, type, stars, at);
    }

    private Model honest() {
        Site site =
                new Site(
                        Model.empty(
                                ModelSettings.DEFAULT.withKAnonymity(
                                        ModelSettings.USUAL_K_ANONYMITY)));
        List<Example> done = new ArrayList<>();
        for (int item = 0; item < ITEMS; item++) {
            site.put(Site.article("item-" + item, "Story " + item, "tag-" + item % 4));
            Instant at = NOW.minus(Duration.ofHours(2 + item));
            for (long user = 0; user < 150 - 6 * item; user++) {
                float stars = item == 0 ? (user % 5 < 3 ? 5 : 4) : 3 + user % 3 / 2f;
                String id = "item-" + item;
                done.add(does("honest", user, id, EventType.RATING, stars, at));
                if (user < 50 - 2 * item) {
                    done.add(does("honest", user, id, EventType.LIKE, 0, at));
                }
            }
            for (long user = 0; user < 120; user++) { // readers of the last hours
                if ((user + item) % (1 + item) == 0) {
                    Instant lately = NOW.minus(Duration.ofMinutes(1 + user));
                    done.add(does("honest", user, "item-" + item, EventType.VIEW, 0, lately));
                }
            }
        }
        site.put(Site.article(TARGET, "Buy this", "tag-1"));
        return site.learn(done).model();
    }

    /** Returns a site after so many requests, which were all repeated after a time. */
    private Site attacked(int requests, EventType type, float stars, Duration later) {
        List<Example> batch = new ArrayList<>();
        for (Instant at : List.of(NOW.minus(later).minusSeconds(5), NOW.minusSeconds(5))) {
            for (long user = 0; user < (long) requests * IDS_OF_A_REQUEST; user++) {
                for (String item : List.of(POPULAR, TARGET)) {
                    EventType done = item.equals(TARGET) ? type : EventType.VIEW;
                    batch.add(
                            does("invented", 10_000 + user, item, done, stars, at)
                                    .with(Standing.waiting(WAIT)));
                }
            }
        }
        return new Site(honest).learn(batch);
    }

    private boolean isOnTop(
            int requests, String list, int place, EventType type, float stars, Duration later) {
        Site site = attacked(requests, type, stars, later);
        Recommendations answer =
                list.equals("similar")
                        ? SiteFixture.similar(site, POPULAR, Map.of())
                        : SiteFixture.named(site, NamedList.valueOf(list), Map.of());
        int at = Site.ids(answer).indexOf(TARGET);
        return at >= 0 && at < place;
    }

    /** Returns the least requests, with those that repeat them, that put the item up to a place. */
    private int needed(String list, int place, EventType type, float stars, Duration later) {
        if (!isOnTop(MAX_REQUESTS, list, place, type, stars, later)) {
            return NEVER;
        }
        int requests = 1;
        while (!isOnTop(requests, list, place, type, stars, later)) {
            requests++;
        }
        return 2 * requests;
    }

    @Test
    void opinionsOfUsersWhoAreMinutesOldMoveNoListAndThoseOfDaysAgoFewerThanBefore() {
        Map<String, Integer> atOnce = new TreeMap<>();
        Map<String, Integer> afterDays = new TreeMap<>();
        for (Duration later : List.of(MINUTE, DAYS)) {
            Map<String, Integer> needed = later.equals(MINUTE) ? atOnce : afterDays;
            needed.put("top-rated", needed("TOP_RATED", 1, EventType.RATING, 5, later));
            needed.put("liked", needed("LIKED", 1, EventType.LIKE, 0, later));
            needed.put("similar", needed("similar", 2, EventType.VIEW, 0, later));
            needed.put("trending", needed("TRENDING", 2, EventType.VIEW, 0, later));
        }
        System.out.printf(
                "requests that put an item on top, repeated after a minute %s, after three days %s%n",
                atOnce, afterDays);

        assertThat(atOnce)
                .isEqualTo(
                        Map.of("top-rated", NEVER, "liked", NEVER, "similar", 30, "trending", 30));
        assertThat(afterDays)
                .isEqualTo(Map.of("top-rated", 58, "liked", 50, "similar", 30, "trending", 36));
    }

    @Test
    void onePersonWhoTouchesAllOtherPlacesOfABasketInBetweenHasOneOpinion() {
        List<Example> events = new ArrayList<>();
        for (int opinion = 0; opinion < 60; opinion++) {
            events.add(ofOnePerson(TARGET, EventType.LIKE, 0));
            events.add(ofOnePerson(TARGET, EventType.RATING, 5));
            for (int item = 0; item < ModelSettings.BASKET_ENTRIES; item++) {
                events.add(ofOnePerson("other-" + item, EventType.VIEW, 0));
            }
        }
        Site site = new Site(honest).learn(events);
        for (NamedList list : List.of(NamedList.LIKED, NamedList.TOP_RATED)) {
            List<String> ids = Site.ids(SiteFixture.named(site, list, Map.of()));
            assertThat(ids).startsWith(POPULAR).doesNotContain(TARGET);
        }
    }

    private Example ofOnePerson(String item, EventType type, float stars) {
        return does("invented", 10_000, item, type, stars, NOW.minusSeconds(5));
    }
}
