package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.catalog.ItemWriter;
import dev.freshet.demo.DeliveryAudit.VersionClock;
import dev.freshet.demo.DemoBaselines.ClickRates;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Simulated users of a generated site, who act through the API at a steady total rate of events.
 * The users are partitioned among the workers, so that no user has two sessions at once.
 */
public final class Simulation {
    public static final String PLACEMENT = "front-page";
    static final int LIST_LENGTH = 10;
    private static final int WORKERS = 6;

    /** One session in this many is followed until a response includes its last event. */
    private static final int FOLLOWED = 3;

    private static final Duration LONGEST_FOLLOW = Duration.ofSeconds(10);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
    private static final Duration MODEL_POLL_INTERVAL = Duration.ofMillis(50);

    /** Pause of a user before the next request after the API was unreachable. */
    private static final Duration UNREACHABLE_PAUSE = Duration.ofMillis(400);

    private static final int WARM_UP_REQUESTS = 150;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FreshetClient client;
    private final DemoWorld world;
    private final GeneratedSite site;
    private final InstantSource clock;
    private final String run;
    private final Ledger ledger = new Ledger();
    private final VersionClock versions = new VersionClock();
    private final DemoBaselines baselines;
    private final Latencies recommend = new Latencies();
    private final Latencies userFreshness = new Latencies();
    private final AtomicLong recommendErrors = new AtomicLong();
    private final RetryingSender sender;
    private volatile boolean going = true;

    /**
     * Creates a simulation.
     *
     * @param run prefix of event ids, different from that of any earlier run on the same state
     */
    public Simulation(
            FreshetClient client,
            DemoWorld world,
            GeneratedSite site,
            InstantSource clock,
            String run) {
        this.world = world;
        this.client = client;
        this.site = site;
        this.clock = clock;
        this.run = run;
        this.baselines = new DemoBaselines(world, site);
        this.sender = new RetryingSender(client, ledger, clock);
    }

    /**
     * Puts all items so far into the catalogue; repeating the call changes nothing.
     *
     * @param experiment whether half of the users get popular items, as {@link DemoExperiment}
     */
    public void publish(boolean experiment) {
        publish(client, site.items());
        if (experiment) {
            DemoExperiment.start(client);
        }
    }

    /**
     * Puts items into the catalogue.
     *
     * @throws IllegalStateException if they are refused
     */
    static void publish(FreshetClient client, List<GeneratedItem> items) {
        int batch = 200;
        for (int from = 0; from < items.size(); from += batch) {
            List<GeneratedItem> some = items.subList(from, Math.min(from + batch, items.size()));
            checked(put(client, some), "The catalogue was not accepted");
        }
    }

    /**
     * Returns a response that is no refusal.
     *
     * @throws IllegalStateException that begins with what was refused, if it is one
     */
    static ApiResponse checked(ApiResponse answer, String refused) {
        if (!answer.ok()) {
            throw new IllegalStateException(refused + ": " + answer.problem());
        }
        return answer;
    }

    private static ApiResponse put(FreshetClient client, List<GeneratedItem> items) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode written = body.putArray("items");
        items.forEach(item -> written.add(ItemWriter.write(item.item())));
        return client.post("/v1/items", body);
    }

    /** Puts what appears while the site is used, each item until the catalogue accepts it. */
    private void publishLater() {
        Optional<GeneratedItem> next = Optional.empty();
        while (going) {
            if (next.isEmpty()) {
                next = site.appear(clock.instant());
            }
            try {
                if (next.isPresent() && put(client, List.of(next.get())).ok()) {
                    next = Optional.empty();
                    continue;
                }
            } catch (UnreachableException e) {
                sleep(UNREACHABLE_PAUSE);
            }
            sleep(MODEL_POLL_INTERVAL);
        }
    }

    /** Returns the results of the demo's experiment up to now. */
    public JsonNode experimentResults() {
        return DemoExperiment.results(client);
    }

    /**
     * Sends unmeasured requests before the run, until the catalogue is in the serving model and the
     * code behind the API has been executed {@value #WARM_UP_REQUESTS} times.
     */
    public void warmUp() {
        SimulatedUser user = site.users().getFirst();
        long giveUp = System.nanoTime() + LONGEST_FOLLOW.toNanos();
        for (int requests = 0; requests < WARM_UP_REQUESTS && System.nanoTime() < giveUp; ) {
            ApiResponse answer =
                    client.post("/v1/recommendations", request(user, LIST_LENGTH, world));
            if (answer.body().path("items").size() == LIST_LENGTH) {
                requests++;
            }
        }
    }

    /**
     * Starts the simulation, which runs until {@link #stop}, and returns its threads at once.
     *
     * @param seed seed of every user's choices
     * @param eventsPerSecond total rate of all users
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
                            .name("user-", worker)
                            .start(() -> runSessions(mine, own, pacer)));
        }
        threads.add(Thread.ofVirtual().name("model-probe").start(this::watchModel));
        threads.add(Thread.ofVirtual().name("newsroom").start(this::publishLater));
        return threads;
    }

    /** Ends the simulation; each worker finishes its current session. */
    public void stop() {
        going = false;
    }

    private void runSessions(int worker, RandomGenerator random, Pacer pacer) {
        Map<SimulatedUser, Set<String>> seen = new HashMap<>();
        List<SimulatedUser> mine = new ArrayList<>();
        for (int i = worker; i < site.users().size(); i += WORKERS) {
            mine.add(site.users().get(i));
        }
        for (long sessionNumber = 0; going && !mine.isEmpty(); sessionNumber++) {
            SimulatedUser user = mine.get(random.nextInt(mine.size()));
            try {
                runSession(
                        run + "-" + worker + "-" + sessionNumber,
                        user,
                        seen.computeIfAbsent(user, r -> new HashSet<>()),
                        random,
                        pacer,
                        sessionNumber % FOLLOWED == 0);
            } catch (UnreachableException e) {
                recommendErrors.incrementAndGet();
                sleep(UNREACHABLE_PAUSE);
            }
        }
    }

    private void runSession(
            String id,
            SimulatedUser user,
            Set<String> seen,
            RandomGenerator random,
            Pacer pacer,
            boolean follow) {
        ApiResponse answer = recommend(user, LIST_LENGTH);
        if (!answer.ok() || answer.body().path("items").isEmpty()) {
            sleep(MODEL_POLL_INTERVAL);
            return;
        }
        baselines.compare(user, answer.body(), seen, clock.instant(), random);
        SimulatedSession session =
                SimulatedSession.play(
                        id, user, answer.body(), PLACEMENT, world, site, clock.instant(), random);
        pacer.await(session.events().size());
        long acceptedAt = sender.send(session.events());
        for (String itemId : session.clicked()) {
            seen.add(itemId);
            baselines.clicked(itemId);
        }
        boolean interacted = session.events().size() > 1;
        if (follow && interacted && acceptedAt != 0) {
            follow(user, session.events().getLast().path("eventId").asText(), acceptedAt);
        }
    }

    /**
     * Requests recommendations repeatedly until a response includes the event, and records how long
     * that took.
     */
    private void follow(SimulatedUser user, String eventId, long acceptedAt) {
        long giveUp = acceptedAt + LONGEST_FOLLOW.toNanos();
        while (System.nanoTime() < giveUp) {
            ApiResponse answer = recommend(user, LIST_LENGTH);
            if (answer.body().path("reflects").path("latestEventId").asText().equals(eventId)) {
                userFreshness.add(Duration.ofNanos(answer.arrivedAtNanos() - acceptedAt));
                return;
            }
            sleep(POLL_INTERVAL);
        }
        userFreshness.add(LONGEST_FOLLOW);
    }

    private void watchModel() {
        SimulatedUser user = site.users().getFirst();
        while (going) {
            try {
                recommend(user, 1);
            } catch (UnreachableException e) {
                recommendErrors.incrementAndGet();
                sleep(UNREACHABLE_PAUSE);
            }
            sleep(MODEL_POLL_INTERVAL);
        }
    }

    /**
     * Requests recommendations until a response comes from this version or a later one; returns
     * false if that takes longer than the limit.
     */
    public boolean awaitVersion(long version, Duration atMost) {
        long giveUp = System.nanoTime() + atMost.toNanos();
        while (versions.newest() < version && System.nanoTime() < giveUp) {
            recommend(site.users().getFirst(), 1);
            sleep(MODEL_POLL_INTERVAL);
        }
        return versions.newest() >= version;
    }

    /**
     * Returns a request ranked by relevance alone, since the simulation measures relevance and not
     * diversity.
     */
    static ObjectNode request(SimulatedUser user, int count) {
        ObjectNode body = JSON.createObjectNode();
        body.put("userId", user.userId())
                .put("count", count)
                .put("placement", PLACEMENT)
                .put("diversity", 0);
        body.putObject("context").put("country", user.country()).put("device", user.device());
        return body;
    }

    /** Returns the request with the filter of a site, if it has one. */
    static ObjectNode request(SimulatedUser user, int count, DemoWorld world) {
        ObjectNode body = request(user, count);
        world.filter().ifPresent(tree -> body.set("filter", tree));
        return body;
    }

    private ApiResponse recommend(SimulatedUser user, int count) {
        ApiResponse answer = client.post("/v1/recommendations", request(user, count, world));
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

    ClickRates rates() {
        return baselines.rates();
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

    /**
     * Rate limiter that spaces events evenly: a sender of n events waits until all events before
     * them are due. One instance is shared by all workers.
     */
    static final class Pacer {
        private final double nanosPerEvent;
        private final long start;
        private double due;

        /**
         * Creates a pacer whose first event is due now.
         *
         * @param eventsPerSecond above 0
         */
        Pacer(double eventsPerSecond, long nowNanos) {
            this.nanosPerEvent = TimeUnit.SECONDS.toNanos(1) / eventsPerSecond;
            this.start = nowNanos;
        }

        void await(int events) {
            long at;
            synchronized (this) {
                at = start + (long) due;
                due += events * nanosPerEvent;
            }
            long left = at - System.nanoTime();
            while (left > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(left);
                left = at - System.nanoTime();
            }
        }
    }
}
