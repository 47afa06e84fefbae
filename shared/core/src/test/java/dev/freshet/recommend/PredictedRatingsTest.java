package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.json;
import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.features.StoredInteraction;
import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.query.ListRequest;
import dev.freshet.testkit.Site;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stars that a user would give, on a site whose users love either war films or love films. */
class PredictedRatingsTest {
    private static final Instant BEFORE = Site.NOW.minus(Duration.ofHours(2));

    private long sequence;

    /** Returns a site with 20 films of each kind, of which each user rated 14. */
    private Site films(int users) {
        Site site = new Site(Model.empty(ModelSettings.DEFAULT.withKAnonymity(3)));
        List<Example> ratings = new ArrayList<>();
        for (int film = 0; film < 20; film++) {
            site.put(article("war" + film, "War film " + film, "war"));
            site.put(article("love" + film, "Love film " + film, "love"));
        }
        for (int user = 0; user < users; user++) {
            for (int n = 0; n < 14; n++) {
                String kind = n % 2 == 0 ? "war" : "love";
                boolean liked = (user % 2 == 0) == (n % 2 == 0);
                ratings.add(rating(user, kind + (user / 2 + n) % 20, liked ? 5 : 2));
            }
        }
        return site.learn(ratings);
    }

    private Example rating(int user, String item, float stars) {
        Instant at = BEFORE.plusSeconds(++sequence % 3_600);
        return SiteFixture.rating("ratings", sequence, 1_000_000L + user, item, stars, at);
    }

    private void rates(Site site, String user, String item, float stars) {
        site.interactions.putIfAbsent(
                new StoredInteraction(
                        user,
                        "r" + ++sequence,
                        EventTimes.at(BEFORE),
                        new StoredInteraction.Act(
                                EventType.RATING, Target.item(item), stars - 2.5f, stars, null),
                        null,
                        Context.UNKNOWN,
                        new ShardPosition("rows", BigInteger.valueOf(sequence)),
                        null,
                        Map.of()),
                null);
    }

    private static Map<String, Double> predicted(Site site, String user) {
        String items = "itemIds:['war1','war2','love1','love2','new','x']";
        return site.rank(json("userId:'%s',predictedRating:true,%s".formatted(user, items)))
                .predictedRatings();
    }

    @Test
    void whoLovesOneKindOfFilmIsExpectedToRateItHigher() {
        Site site = films(100).put(article("new", "Rated by nobody", "war"));
        for (int n = 5; n < 12; n++) {
            rates(site, "ana", "war" + n, 5);
            rates(site, "ana", "love" + n, 1);
        }

        Map<String, Double> predicted = predicted(site, "ana");

        assertThat(predicted).containsOnlyKeys("war1", "war2", "love1", "love2");
        assertThat(predicted.getOrDefault("war1", 0.0))
                .isGreaterThan(predicted.getOrDefault("love1", 5.0) + 1);
        assertThat(predicted.values()).allMatch(stars -> stars >= 0.5 && stars <= 5);
    }

    @Test
    void thePredictionsOfAListAreThoseOfItsItems() {
        Site site = films(100);

        Recommendations answer =
                site.recommender()
                        .recommend(
                                new ListRequest.ForYou(
                                        Site.query("{\"userId\":\"new\",\"count\":5}"), true));

        assertThat(answer.predictedRatings())
                .containsOnlyKeys(Site.ids(answer).toArray(String[]::new));
        assertThat(ask(site, "userId:'new'").predictedRatings()).isEmpty();
    }

    @Test
    void aModelWithFewerThanAThousandRatingsPredictsNothing() {
        assertThat(predicted(films(71), "ana")).isEmpty();
        assertThat(predicted(films(72), "ana")).isNotEmpty();
    }

    @Test
    void aStrangersRatingOfAnItemThatOnePersonRatedTellsNothingOfThatPerson() {
        List<Map<String, Double>> seen = new ArrayList<>();
        for (float secret : new float[] {0.5f, 5}) {
            Site site = films(100).put(article("rare", "Rated by one person", "war"));
            site.learn(List.of(rating(5_000, "rare", 5), rating(5_000, "war1", secret)));
            rates(site, "stranger", "rare", 5);
            Map<String, Double> with = predicted(site, "stranger");
            Map<String, Double> without = predicted(site, "somebody else");
            assertThat(with).isEqualTo(without);
            seen.add(with);
        }
        assertThat(seen.get(0).keySet()).isEqualTo(seen.get(1).keySet());
    }
}
