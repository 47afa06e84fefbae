package dev.freshet.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.demo.chaos.Uptime;
import dev.freshet.generator.Article;
import dev.freshet.generator.Newspaper;
import dev.freshet.generator.SimulatedUser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Readers visiting the newspaper through the API, at a steady rate of events. Each worker owns some
 * of the readers, so that no reader is in two places at once.
 */
public final class Simulation {
    public static final String PLACEMENT = "front-page";
    static final int LIST_LENGTH = 10;
    private static final int WORKERS = 6;

    /** One visit in so many is followed until an answer knows its last event. */
    private static final int FOLLOWED = 3;

    private static final Duration LONGEST_FOLLOW = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final Duration BETWEEN_MODEL_LOOKS = Duration.ofMillis(50);

    /** Until a reader who found nobody asks again. */
    private static final Duration WHILE_AWAY = Duration.ofMillis(400);

    private static final int LOOKS = 150;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FreshetClient client;
    private final Newspaper paper;
    private final InstantSource clock;
    private final String run;
    private final Ledger ledger = new Ledger();
    private final VersionClock versions = new VersionClock();
    private final DemoBaselines rivals;
    private final Latencies recommend = new Latencies();
    private final Latencies userFreshness = new Latencies();
    private final AtomicLong recommendErrors = new AtomicLong();
    private final Uptime uptime;
    private final RetryingSender sender;
    private volatile boolean going = true;

    /**
     * Prepares a run.
     *
     * @param run a prefix for event ids; unlike that of any earlier run on the same state
     * @param uptime is told of each recommendation asked
     */
    public Simulation(
            FreshetClient client, Newspaper paper, InstantSource clock, String run, Uptime uptime) {
        this.client = client;
        this.paper = paper;
        this.clock = clock;
        this.run = run;
        this.rivals = new DemoBaselines(paper);
        this.uptime = uptime;
        this.sender = new RetryingSender(client, ledger, clock, new Random(run.hashCode()));
    }

    /** Puts all articles into the catalogue; the same again changes nothing. */
    public void publish() {
        int batch = 200;
        List<Article> articles = paper.articles();
        for (int from = 0; from < articles.size(); from += batch) {
            ObjectNode body = JSON.createObjectNode();
            ArrayNode items = body.putArray("items");
            articles.subList(from, Math.min(from + batch, articles.size()))
                    .forEach(a -> items.add(ItemJson.of(a)));
            ApiResponse answer = client.post("/v1/items", body);
            if (!answer.ok()) {
                throw new IllegalStateException("The catalogue was not taken: " + answer.problem());
            }
        }
    }

    /**
     * Looks around before anybody comes, unmeasured: until the catalogue is in the model that
     * answers and the code behind the API has been run {@value #LOOKS} times.
     */
    public void lookAround() {
        SimulatedUser nobody = paper.users().getFirst();
        long giveUp = System.nanoTime() + LONGEST_FOLLOW.toNanos();
        for (int looks = 0; looks < LOOKS && System.nanoTime() < giveUp; ) {
            ApiResponse answer = client.post("/v1/recommendations", question(nobody, LIST_LENGTH));
            if (answer.body().path("items").size() == LIST_LENGTH) {
                looks++;
            }
        }
    }

    /**
     * Lets the readers visit until {@link #stop}; returns at once.
     *
     * @param seed of every reader's choices
     * @param eventsPerSecond of all readers together
     */
    public List<Thread> start(long seed, double eventsPerSecond) {
        SplittableRandom random = new SplittableRandom(seed);
        Pacer pacer = new Pacer(eventsPerSecond, System.nanoTime());
        List<Thread> threads = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            int mine = worker;
            RandomGenerator own = random.split();
            threads.add(
                    Thread.ofVirtual()
                            .name("reader-", worker)
                            .start(() -> visits(mine, own, pacer)));
        }
        threads.add(Thread.ofVirtual().name("model-probe").start(this::watchModel));
        return threads;
    }

    /** Ends the visits; each worker finishes the one it is in. */
    public void stop() {
        going = false;
    }

    private void visits(int worker, RandomGenerator random, Pacer pacer) {
        Map<SimulatedUser, Set<String>> seen = new HashMap<>();
        List<SimulatedUser> mine = new ArrayList<>();
        for (int i = worker; i < paper.users().size(); i += WORKERS) {
            mine.add(paper.users().get(i));
        }
        for (long visit = 0; going && !mine.isEmpty(); visit++) {
            SimulatedUser user = mine.get(random.nextInt(mine.size()));
            try {
                visit(
                        run + "-" + worker + "-" + visit,
                        user,
                        seen.computeIfAbsent(user, r -> new HashSet<>()),
                        random,
                        pacer,
                        visit % FOLLOWED == 0);
            } catch (ApiUnreachableException e) {
                recommendErrors.incrementAndGet();
                sleep(WHILE_AWAY);
            }
        }
    }

    private void visit(
            String id,
            SimulatedUser user,
            Set<String> seen,
            RandomGenerator random,
            Pacer pacer,
            boolean follow) {
        ApiResponse answer = recommend(user, LIST_LENGTH);
        if (!answer.ok() || answer.body().path("items").isEmpty()) {
            sleep(BETWEEN_MODEL_LOOKS);
            return;
        }
        rivals.compare(user, answer.body(), seen, clock.instant(), random);
        SimulatedSession session =
                SimulatedSession.play(
                        id, user, answer.body(), PLACEMENT, paper, clock.instant(), random);
        pacer.await(session.events().size());
        long acceptedAt = sender.send(session.events());
        for (String itemId : session.clicked()) {
            seen.add(itemId);
            rivals.clicked(itemId);
        }
        boolean acted = session.events().size() > 1;
        if (follow && acted && acceptedAt != 0) {
            follow(user, session.events().getLast().path("eventId").asText(), acceptedAt);
        }
    }

    /** Asks again and again until the answer knows the event. */
    private void follow(SimulatedUser user, String eventId, long acceptedAt) {
        long giveUp = acceptedAt + LONGEST_FOLLOW.toNanos();
        while (System.nanoTime() < giveUp) {
            ApiResponse answer = recommend(user, LIST_LENGTH);
            if (answer.body().path("reflects").path("latestEventId").asText().equals(eventId)) {
                userFreshness.add(Duration.ofNanos(answer.arrivedAtNanos() - acceptedAt));
                return;
            }
            sleep(BETWEEN_LOOKS);
        }
        userFreshness.add(LONGEST_FOLLOW);
    }

    private void watchModel() {
        SimulatedUser anybody = paper.users().getFirst();
        while (going) {
            try {
                recommend(anybody, 1);
            } catch (ApiUnreachableException e) {
                recommendErrors.incrementAndGet();
                sleep(WHILE_AWAY);
            }
            sleep(BETWEEN_MODEL_LOOKS);
        }
    }

    /** Looks until an answer comes from this version or a later one, for at most this long. */
    public boolean awaitVersion(long version, Duration atMost) {
        long giveUp = System.nanoTime() + atMost.toNanos();
        while (versions.newest() < version && System.nanoTime() < giveUp) {
            recommend(paper.users().getFirst(), 1);
            sleep(BETWEEN_MODEL_LOOKS);
        }
        return versions.newest() >= version;
    }

    /** Sorted by relevance alone: what is measured is taste, not variety. */
    private static ObjectNode question(SimulatedUser user, int count) {
        ObjectNode body = JSON.createObjectNode();
        body.put("userId", user.readerId())
                .put("count", count)
                .put("placement", PLACEMENT)
                .put("diversity", 0);
        body.putObject("context").put("country", user.country()).put("device", user.device());
        return body;
    }

    private ApiResponse recommend(SimulatedUser user, int count) {
        long life = uptime.life();
        ApiResponse answer;
        try {
            answer = client.post("/v1/recommendations", question(user, count));
        } catch (ApiUnreachableException away) {
            uptime.asked(life, false, false);
            throw away;
        }
        uptime.asked(life, answer.ok(), answer.body().path("degraded").asBoolean());
        recommend.add(answer.took());
        if (answer.ok()) {
            versions.seen(
                    answer.body().path("model").path("version").asLong(), answer.arrivedAtNanos());
        } else {
            recommendErrors.incrementAndGet();
        }
        return answer;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public Ledger ledger() {
        return ledger;
    }

    public VersionClock versions() {
        return versions;
    }

    public ClickRates.Rates rates() {
        return rivals.rates();
    }

    public Latencies recommendTimes() {
        return recommend;
    }

    public Latencies userFreshness() {
        return userFreshness;
    }

    public long recommendErrors() {
        return recommendErrors.get();
    }
}
