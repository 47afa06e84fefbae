package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import dev.freshet.json.JsonRecords;
import dev.freshet.local.LocalCloud;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Some weeks of a site's life before now, which its users live through the API at the pace of the
 * machine while the clock of the cloud is moved on: with days, nights and weekends, a holdout that
 * gets popular items, a placement that begins, a deployment, and a page that is broken for some
 * hours. Who comes when and what they like is drawn from the seed; what they are shown is what the
 * model has learned by then, so that two runs differ a little.
 *
 * @param start midnight in UTC at which the first day begins
 * @param days at least {@value #LEAST_DAYS}
 * @param visitsOfDay visits of the first Monday; there are up to a sixth more at the end
 */
record DemoMonth(
        DemoWorld world,
        long seed,
        GeneratedSite site,
        FreshetClient client,
        InstantSource clock,
        Instant start,
        int days,
        int visitsOfDay) {
    /** Fewer days have no room for what happens. */
    static final int LEAST_DAYS = 3;

    static final int MOST_DAYS = 28;

    /** Visits of the first Monday, so that 28 days take less than six minutes on two cores. */
    static final int VISITS = 320;

    /** The number of users: so many that a twentieth of them is compared with the others. */
    static final int USERS = 3_000;

    /** The placement that begins on the day {@link #launch}. */
    static final String LAUNCHED = "for-you";

    private static final String BELOW = "article";
    private static final double FIRST_SHARE = 0.7;
    private static final double LAUNCHED_SHARE = 0.5;
    private static final int BELOW_LENGTH = 5;

    /** How long the page is broken: it calls impressions by a name that does not exist. */
    private static final Duration BROKEN = Duration.ofHours(5);

    private static final int BROKEN_AT_HOUR = 14;
    private static final String NO_TYPE = "impresion";

    /**
     * Of 28 days, the ones on which an experiment and the placement begin, the functions are
     * deployed, and the page is broken.
     */
    private static final int VARIED_OF_28 = 5;

    private static final int LAUNCH_OF_28 = 10;

    private static final int DEPLOYED_OF_28 = 15;
    private static final int DEPLOYED_AT_HOUR = 9;
    private static final int BROKEN_OF_28 = 20;
    private static final int WEEKS_DAYS = 28;

    /** Visits by the hour of the day in UTC, in parts of a thousand. */
    private static final int[] HOURS = {
        15, 8, 5, 4, 6, 14, 30, 52, 62, 56, 50, 50, 58, 54, 48, 46, 48, 54, 62, 72, 76, 66, 42, 22
    };

    private static final double SATURDAY = 0.72;
    private static final double SUNDAY = 0.8;
    private static final double GROWTH = 0.16;

    /** The power of a random number that makes some users come often. */
    private static final double OFTEN = 2;

    private static final String HOLDOUT = "holdout";
    private static final String VARIETY = "more-variety";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int WORKERS = 4;

    /** More than there are visits in a step. */
    private static final long MAX_VISITS = 100_000;

    /**
     * What was done.
     *
     * @param refused events that the API refused, by code
     */
    record Summary(
            int days,
            int users,
            long lists,
            long events,
            Map<String, Long> refused,
            Instant launch,
            Instant deployment,
            Instant broken,
            Instant mended) {
        ObjectNode toJson() {
            return JsonRecords.tree(this);
        }

        String toText() {
            return """
            Days          %d, %,d users
            Events        %,d sent; refused %s
            Lists         %,d
            Launch        %s from %s on
            Deployment    %s
            Broken page   from %s to %s\
            """
                    .formatted(
                            days,
                            users,
                            events,
                            refused,
                            lists,
                            LAUNCHED,
                            launch,
                            deployment,
                            broken,
                            mended);
        }
    }

    /** Returns the first midnight of so many days before a time. */
    static Instant start(Instant now, int days) {
        return now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
    }

    /** Returns when the further placement begins: at midnight. */
    Instant launch() {
        return day(LAUNCH_OF_28);
    }

    /** Returns when the functions are deployed: at 9:00. */
    Instant deployment() {
        return day(DEPLOYED_OF_28).plus(Duration.ofHours(DEPLOYED_AT_HOUR));
    }

    /** Returns when the page breaks: at 14:00. */
    Instant broken() {
        return day(BROKEN_OF_28).plus(Duration.ofHours(BROKEN_AT_HOUR));
    }

    /** Returns the begin of a day that is counted from one, as if there were 28. */
    private Instant day(int of28) {
        return start.plus(Duration.ofDays(Math.ceilDiv(days * of28, WEEKS_DAYS) - 1L));
    }

    private boolean isBroken(Instant at) {
        return !at.isBefore(broken()) && at.isBefore(broken().plus(BROKEN));
    }

    /** Returns how many visits begin in a time. */
    int visits(Instant begin, Duration length) {
        OffsetDateTime at = begin.atOffset(ZoneOffset.UTC);
        double weekday =
                switch (at.getDayOfWeek()) {
                    case SATURDAY -> SATURDAY;
                    case SUNDAY -> SUNDAY;
                    default -> 1;
                };
        double past = Duration.between(start, begin).toHours() / 24.0 / days;
        double expected =
                visitsOfDay
                        * (HOURS[at.getHour()] / 1_000.0)
                        * (length.toSeconds() / 3_600.0)
                        * weekday
                        * (1 + GROWTH * Math.min(1, past));
        double chance = random(begin.getEpochSecond()).nextGaussian();
        return (int) Math.max(0, Math.round(expected + Math.sqrt(expected) * chance));
    }

    /**
     * Returns how many visits begin in a minute while somebody watches: those of the hour, and at
     * night at least one every other minute, about as many as by day, so that the site never looks
     * dead.
     */
    int visitsOfMinute(Instant minute) {
        boolean isEven = minute.getEpochSecond() / MINUTE.toSeconds() % 2 == 0;
        return Math.max(visits(minute, MINUTE), isEven ? 1 : 0);
    }

    private RandomGenerator random(long of) {
        return GeneratedSite.random(seed, of);
    }

    /**
     * Lives until the clock is the system's: by the hour, and the latest day by the quarter of it.
     *
     * @param end the system's time at the begin
     * @param hours receives the number of hours that are over
     */
    Summary live(LocalCloud cloud, Instant end, LongConsumer hours) throws InterruptedException {
        Ledger ledger = new Ledger();
        Simulation.publish(client, site.items());
        DemoExperiment.put(client, holdout());
        for (Instant at = start; ; ) {
            cloud.moveTo(at);
            if (clock.instant().isBefore(at)) {
                break;
            }
            if (at.equals(day(VARIED_OF_28))) {
                DemoExperiment.put(client, variety());
            }
            if (at.equals(deployment())) {
                cloud.deploy();
            }
            Duration step = at.isBefore(end.minus(Duration.ofDays(1))) ? HOUR : QUARTER;
            live(at, visits(at, step), ledger);
            at = at.plus(step);
            hours.accept(Duration.between(start, at).toHours());
        }
        return new Summary(
                days,
                site.users().size(),
                ledger.lists().lists(),
                ledger.sent(),
                ledger.refused(),
                launch(),
                deployment(),
                broken(),
                broken().plus(BROKEN));
    }

    /** Goes on at the pace of the system's clock until this thread is interrupted. */
    void goOn() throws InterruptedException {
        while (true) {
            Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
            live(minute, visitsOfMinute(minute), new Ledger());
            Thread.sleep(Duration.between(clock.instant(), minute.plus(MINUTE)));
        }
    }

    /** Has users visit the site at once, none of them twice at the same time. */
    private void live(Instant at, int visits, Ledger ledger) throws InterruptedException {
        Simulation.publish(
                client,
                Stream.generate(() -> site.appear(at))
                        .takeWhile(Optional::isPresent)
                        .flatMap(Optional::stream)
                        .toList());
        RetryingSender sender = new RetryingSender(client, ledger, clock);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int of = 0; of < WORKERS; of++) {
                int worker = of;
                all.add(workers.submit(() -> visits(at, visits, worker, sender)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("A visit failed.", failed.getCause());
        }
    }

    /** Makes the visits of those users who belong to a worker. */
    private void visits(Instant at, int visits, int worker, RetryingSender sender) {
        for (int n = 0; n < visits; n++) {
            RandomGenerator random = random(at.getEpochSecond() * MAX_VISITS + n);
            int user = (int) (site.users().size() * Math.pow(random.nextDouble(), OFTEN));
            if (user % WORKERS == worker) {
                String id = "month-" + at.getEpochSecond() + "-" + n;
                visit(id, site.users().get(user), sender, random);
            }
        }
    }

    /** A user asks for a list and uses it; from the launch on some who clicked go on to another. */
    private void visit(
            String id, SimulatedUser user, RetryingSender sender, RandomGenerator random) {
        boolean isFirst = random.nextDouble() < FIRST_SHARE;
        boolean clicked =
                use(
                        id,
                        user,
                        isFirst ? Simulation.PLACEMENT : BELOW,
                        isFirst ? Simulation.LIST_LENGTH : BELOW_LENGTH,
                        sender,
                        random);
        if (clicked
                && !clock.instant().isBefore(launch())
                && random.nextDouble() < LAUNCHED_SHARE) {
            use(id + "-more", user, LAUNCHED, Simulation.LIST_LENGTH, sender, random);
        }
    }

    /** Returns whether the user clicked an item of the list; a list without items is not shown. */
    private boolean use(
            String id,
            SimulatedUser user,
            String placement,
            int length,
            RetryingSender sender,
            RandomGenerator random) {
        ObjectNode request = Simulation.request(user, length, world).put("placement", placement);
        JsonNode list =
                Simulation.checked(client.post("/v1/recommendations", request), "The cloud refuses")
                        .body();
        if (list.path("items").isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        SimulatedSession session =
                SimulatedSession.play(id, user, list, placement, world, site, now, random);
        if (isBroken(now)) {
            session.events().getFirst().put("type", NO_TYPE);
        }
        sender.send(session.events());
        return !session.clicked().isEmpty();
    }

    private static ObjectNode holdout() {
        ObjectNode json = DemoExperiment.running(HOLDOUT, HOLDOUT, USERS);
        json.putObject("metrics").put("primary", "listCtr").put("window", "28d");
        json.withArray("arms").addObject().put("id", "personalised").put("weight", 0.95);
        json.withArray("arms")
                .addObject()
                .put("id", "popular")
                .put("weight", 0.05)
                .put("strategy", "popular");
        return json;
    }

    private static ObjectNode variety() {
        ObjectNode json = DemoExperiment.running(VARIETY, "lists", USERS);
        json.putObject("target").putArray("placements").add(Simulation.PLACEMENT);
        json.putObject("metrics").put("primary", "listCtr").put("window", "14d");
        json.withArray("arms").addObject().put("id", "control").put("weight", 0.5);
        json.withArray("arms")
                .addObject()
                .put("id", "varied")
                .put("weight", 0.5)
                .put("diversity", 0.6);
        return json;
    }
}
