package dev.freshet.recommend;

import static dev.freshet.testkit.Site.article;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.Signer;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Faults;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.ExplanationQuery;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.query.QueryReader;
import dev.freshet.ranking.Reason;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.Site;
import dev.freshet.testkit.TerseJson;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sites, questions to them and faults of their stores, which scenarios of lists share. */
final class SiteFixture {
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration MINUTE = Duration.ofMinutes(1);

    /** A signing secret that cannot be read. */
    static final Supplier<Signer> NO_SECRET =
            () -> {
                throw new StoreUnavailableException("Secrets", new IOException("down"));
            };

    private SiteFixture() {}

    /**
     * Returns a newspaper of two topics with three or four articles each, football {@code f1} to
     * {@code f4} and cooking {@code c1} to {@code c4}, of which each is read by its own crowd.
     */
    static Site newspaper(int each, int footballers, int cooks) {
        List<Site.Put> football =
                List.of(
                        article("f1", "Cup final tonight", "football"),
                        article("f2", "Striker moves north", "football"),
                        article("f3", "Penalty rule changes", "football"),
                        article("f4", "Coach resigns again", "football"));
        List<Site.Put> cooking =
                List.of(
                        article("c1", "Winter soup recipes", "cooking"),
                        article("c2", "Bread without kneading", "cooking"),
                        article("c3", "Knives worth buying", "cooking"),
                        article("c4", "Salt and acid explained", "cooking"));
        String[] f = {"f1", "f2", "f3", "f4"};
        String[] c = {"c1", "c2", "c3", "c4"};
        return new Site()
                .put(football.subList(0, each).toArray(Site.Put[]::new))
                .put(cooking.subList(0, each).toArray(Site.Put[]::new))
                .crowdReads(footballers, HOUR, Arrays.copyOf(f, each))
                .crowdReads(cooks, HOUR, Arrays.copyOf(c, each));
    }

    /**
     * Returns a JSON object with these members, in which names may be without quotes and strings in
     * single quotes.
     */
    static String json(String members) {
        try {
            return TerseJson.MAPPER.readTree("{" + members + "}").toString();
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(members, malformed);
        }
    }

    /** Answers a request for recommendations with members as of {@link #json}. */
    static Recommendations ask(Site site, String members) {
        return site.recommend(json(members));
    }

    /** Returns the ids of the items that a request for recommendations is answered with. */
    static List<String> list(Site site, String members) {
        return Site.ids(ask(site, members));
    }

    static Recommendations named(Site site, NamedList list, Map<String, String> parameters) {
        return site.recommender().recommend(QueryReader.list(list, parameters, null));
    }

    static Recommendations similar(Site site, String itemId, Map<String, String> parameters) {
        return site.recommender().recommend(QueryReader.similar(itemId, parameters, null));
    }

    /** Parses a request for an explanation. */
    static ExplanationQuery explanation(String body) {
        try {
            return ExplanationQuery.of(
                    StrictJson.read(body.getBytes(StandardCharsets.UTF_8)),
                    Site.NOW,
                    EventTypes.BUILT_IN);
        } catch (MalformedJsonException malformed) {
            throw new IllegalArgumentException(body, malformed);
        }
    }

    /** Returns the texts of the reasons of all items. */
    static List<String> texts(Recommendations answer) {
        return answer.items().stream()
                .flatMap(item -> item.reasons().stream())
                .map(Reason::text)
                .toList();
    }

    /** Returns the profile of a user who stated attributes and consent and nothing else. */
    static UserProfile stating(
            String userId, Map<String, AttributeValue> attributes, @Nullable Consent consent) {
        return UserProfile.absent(userId).with(new UserProfile.Stated(attributes, consent));
    }

    static ExposureToken token(Recommendations answer) {
        return ExposureToken.open(answer.exposure(), Site.SIGNER).orElseThrow();
    }

    /**
     * Returns a running experiment with a control and one other arm, which has this share and these
     * members.
     */
    static String experiment(String id, String layer, double share, String target, String arm) {
        return json(
                """
                id:'%s',version:1,status:'running',layer:'%s',salt:'%s-1',plannedUsers:1000,%s
                arms:[{id:'control',weight:%s},{id:'other',weight:%s%s}],
                metrics:{primary:'listCtr'}
                """
                        .formatted(id, layer, id, target, 1 - share, share, arm));
    }

    /** Returns a view of an item, of this number on a shard of its own. */
    static Example.Interaction view(String shard, long number, long user, String item) {
        return event(shard, number, user, item, EventType.VIEW, 0, Site.NOW);
    }

    /** Returns a rating of an item, of this number on a shard of its own. */
    static Example.Interaction rating(
            String shard, long number, long user, String item, float stars, Instant at) {
        return event(shard, number, user, item, EventType.RATING, stars, at);
    }

    /** Returns what a user did with an item. */
    static Example.Interaction event(
            String shard,
            long number,
            long user,
            String item,
            EventType type,
            float stars,
            Instant at) {
        return new Example.Interaction(
                new ShardPosition(shard, BigInteger.valueOf(number)),
                new Pseudonym(user),
                Target.item(item),
                type,
                type == EventType.RATING ? stars - 2.5f : 1,
                stars,
                at,
                Context.UNKNOWN);
    }

    /** Returns a store that is down. */
    static <T> T down(Class<T> port, T store) {
        return Faults.before(port, store, call -> true);
    }
}
