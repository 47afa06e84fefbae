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
import dev.freshet.testkit.Thorough;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Somebody who has the publishable key of a site reports invented anonymous users of one item, so
 * that others are shown it. Twenty minutes of honest traffic precede, at fifty events a second; the
 * attack takes the last seconds, and honest traffic goes on meanwhile.
 */
class InventedUsersTest {
    private static final long SEED = Long.getLong("freshet.seed", 1);
    private static final int MINUTES = 20;
    private static final int EVENTS_PER_SECOND = 50;
    private static final int USERS = 10_000;
    private static final int ITEMS = 1_000;
    private static final String TARGET = "the target";

    /** The shard of the traffic before an attack, and the one that events come from then. */
    private static final String HONEST_SHARD = "events/shardId-1";

    private static final String SHARD = "events/shardId-2";
    private static final int FIRST = 20;

    /** Items that nobody was interested in yet, so that exploration has a choice. */
    private static final int UNSEEN = 500;

    private static final String TRENDING = "trending";
    private static final String NEW_VISITOR = "a new visitor";
    private static final String SIMILAR = "similar";
    private static final String VISITOR = "a visitor of another item";

    /** How long anonymous users are to be known before they count, in seconds. */
    private static final int WAIT = 60;

    /** Users that one request may report. */
    private static final int IDS = 2;

    /** Models of sites after their honest traffic, by how long anonymous users wait there. */
    private static final Map<Integer, Model> HONEST = new ConcurrentHashMap<>();

    private long sequence;

    /** More than a hundred are only counted, to be printed. */
    private static final int MAX_REQUESTS = Thorough.number(128, 8_192);

    /** How an attacker reports invented users. */
    private record Attack(int requests, int idsPerRequest, boolean returns) {}

    @Test
    void aThousandRequestsOfInventedUsersMoveNobodysList() {
        Model honest = HONEST.computeIfAbsent(WAIT, this::honest);
        Map<String, List<Integer>> before = places(new Site(honest));
        Site site = attacked(honest, WAIT, new Attack(1_000, IDS, false));

        assertThat(places(site)).as("seed %d", SEED).isEqualTo(before);
        assertThat(before).as("seed %d", SEED).isEmpty();
    }

    @Test
    void withoutTheLimitsAFewRequestsMoveThem() {
        Model honest = HONEST.computeIfAbsent(0, this::honest);
        Map<String, Integer> needed = new TreeMap<>();
        for (int requests = 1; requests <= 8; requests *= 2) {
            Site site = attacked(honest, 0, new Attack(requests, 500, false));
            for (String list : places(site).keySet()) {
                needed.putIfAbsent(list, requests);
            }
        }

        assertThat(needed)
                .as("seed %d", SEED)
                .containsEntry(TRENDING, 1)
                .containsEntry(SIMILAR, 1)
                .containsKey(NEW_VISITOR);
    }

    /**
     * The patient attack: each invented user is reported again after a minute. An item is similar
     * to a popular one from three people on; what everybody sees takes more.
     */
    @Test
    void whoLetsInventedUsersReturnNeedsHundredsOfRequestsForWhatEverybodySees() {
        Model honest = HONEST.computeIfAbsent(WAIT, this::honest);
        Map<String, Integer> needed = new TreeMap<>();
        for (int requests = 2; requests <= MAX_REQUESTS; requests *= 2) {
            Site site = attacked(honest, WAIT, new Attack(requests, IDS, true));
            for (String list : places(site).keySet()) {
                needed.putIfAbsent(list, requests);
            }
        }
        System.out.printf(
                "Seed %d: requests, in powers of two, that put the item among the first %d: %s%n",
                SEED, FIRST, needed);

        assertThat(needed.getOrDefault(TRENDING, Integer.MAX_VALUE)).isGreaterThan(100);
        assertThat(needed.getOrDefault(NEW_VISITOR, Integer.MAX_VALUE)).isGreaterThan(100);
    }

    /**
     * Returns at which of the first places the target is, by list; lists without it are left out.
     */
    private static Map<String, List<Integer>> places(Site site) {
        Map<String, List<Integer>> places = new TreeMap<>();
        Map<String, String> first = Map.of("count", Integer.toString(FIRST));
        look(TRENDING, SiteFixture.named(site, NamedList.TRENDING, first), places);
        look(NEW_VISITOR, site.recommend("{\"count\":20}"), places);
        for (int n = 0; n < 10; n++) {
            look(SIMILAR, SiteFixture.similar(site, "item-" + n, first), places);
        }
        for (int n = 0; n < 50; n++) {
            String session = "session:{items:[{itemId:'item-" + n + "',type:'view'}]},count:20";
            look(VISITOR, SiteFixture.ask(site, session), places);
        }
        return places;
    }

    private static void look(
            String list, Recommendations answer, Map<String, List<Integer>> places) {
        int at = Site.ids(answer).indexOf(TARGET);
        if (at >= 0) {
            places.computeIfAbsent(list, key -> new ArrayList<>()).add(at + 1);
        }
    }

    /** Returns the model of a site after its honest traffic. */
    private Model honest(int wait) {
        double[] popularity = new double[ITEMS];
        double sum = 0;
        for (int item = 0; item < ITEMS; item++) {
            sum += 1.0 / (item + 1);
            popularity[item] = sum;
        }
        int k = ModelSettings.USUAL_K_ANONYMITY;
        Site site = new Site(Model.empty(ModelSettings.DEFAULT.withKAnonymity(k)));
        for (int item = 0; item < ITEMS; item++) {
            site.put(Site.article("item-" + item, "Story " + item, "tag-" + item % 20));
        }
        site.put(Site.article(TARGET, "Buy this", "tag-1"));
        for (int item = 0; item < UNSEEN; item++) {
            site.put(Site.article("unseen-" + item, "Draft " + item, "tag-" + item % 20));
        }
        RandomGenerator random = new SplittableRandom(SEED);
        Instant begin = NOW.minus(Duration.ofMinutes(MINUTES));
        List<Example> batch = new ArrayList<>();
        for (int second = 0; second < 60 * MINUTES; second++) {
            Instant at = begin.plusSeconds(second);
            for (int n = 0; n < EVENTS_PER_SECOND; n++) {
                long user = random.nextInt(USERS);
                int found = Arrays.binarySearch(popularity, random.nextDouble() * sum);
                int item = found < 0 ? -found - 1 : found;
                batch.add(view(HONEST_SHARD, user, "item-" + item, at, user % 10 < 7 ? wait : 0));
            }
        }
        return site.learn(batch).model();
    }

    /** Returns a site after an attack. */
    private Site attacked(Model honest, int wait, Attack attack) {
        int firstRound = attack.returns ? attack.requests / 2 : attack.requests;
        List<Example> batch = new ArrayList<>();
        for (int request = 0; request < attack.requests; request++) {
            Instant at = NOW.minusSeconds(request < firstRound && attack.returns ? 75 : 10);
            for (int id = 0; id < attack.idsPerRequest; id++) {
                long user = USERS + (request % firstRound) * (long) attack.idsPerRequest + id;
                batch.add(view(SHARD, user, "item-0", at, wait));
                batch.add(view(SHARD, user, TARGET, at, wait));
            }
        }
        Site site = new Site(honest).learn(batch);
        assertThat(site.model().totals().events() - honest.totals().events())
                .as("interactions of the attack")
                .isEqualTo(batch.size());
        return site;
    }

    private Example view(String shard, long user, String item, Instant at, int wait) {
        return SiteFixture.event(shard, ++sequence, user, item, EventType.VIEW, 0, at)
                .with(Standing.waiting(wait));
    }
}
