package dev.freshet.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.ListArm;
import dev.freshet.aws.kinesis.KinesisEventLog;
import dev.freshet.ingest.EventCollector;
import dev.freshet.ingest.EventRule.Rejection;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.profile.ProfileFlow;
import dev.freshet.simulation.SimulationContext.Fault;
import dev.freshet.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Browsers of the simulated users: each is a task that sends requests in sequence and repeats, with
 * unchanged event ids and another {@code sentAt}, those that were not confirmed as accepted.
 */
final class SimulatedUsers {
    /** Maximum number of attempts of one request. */
    private static final int MAX_ATTEMPTS = 40;

    /** One in so many lists was asked for by somebody else. */
    private static final int STRANGERS = 7;

    private static final String STRANGER = "stranger";

    /** One in so many lists of a user with a device was asked for by the id of the device. */
    private static final int BY_DEVICE = 5;

    private static final String[] TYPES =
            "view click click like dislike rating dwell purchase bookmark hide".split(" ", -1);

    private final World world;
    private final UserBehaviour habits;
    private final RandomGenerator random;
    private final Set<String> accepted = new HashSet<>();
    private final Set<String> sent = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private int atWork;

    SimulatedUsers(World world, UserBehaviour habits) {
        this.world = world;
        this.habits = habits;
        this.random = world.nature.random;
    }

    /** Starts all users. */
    void begin() {
        for (int user = 0; user < habits.people; user++) {
            String id = (user % 3 == 0 ? "anon-" : "user-") + user;
            long skew = habits.skew.toMillis();
            Duration wrong = skew == 0 ? Duration.ZERO : Duration.ofMillis(between(-skew, skew));
            atWork++;
            world.nature.scheduler.start(() -> read(id, wrong));
        }
    }

    /** Returns whether no user has a request left. */
    boolean done() {
        return atWork == 0;
    }

    /** Returns the ids of events that a receipt called accepted. */
    Set<String> accepted() {
        return Set.copyOf(accepted);
    }

    /** Returns the ids of events that were never confirmed as accepted or refused. */
    Set<String> unanswered() {
        Set<String> left = new TreeSet<>(sent);
        left.removeAll(accepted);
        left.removeAll(refused);
        return left;
    }

    private void read(String id, Duration wrong) {
        List<ObjectNode> before = new ArrayList<>();
        List<ExposureToken> lists = new ArrayList<>();
        for (int request = 0; request < habits.requests; request++) {
            List<ObjectNode> events = new ArrayList<>();
            String asker = request % BY_DEVICE == BY_DEVICE - 1 ? ids(id).getLast() : id;
            boolean strange = request % STRANGERS == STRANGERS - 1;
            lists.add(answer().askedBy(strange ? STRANGER : asker, world.signer));
            for (int left = 1 + random.nextInt(6); left > 0; left--) {
                events.add(event(id, before.size() + events.size(), before, lists, wrong));
            }
            events.forEach(event -> sent.add(id(event)));
            send(events, wrong);
            before.addAll(events);
            if (random.nextDouble() < habits.resends) {
                world.nature.count(Fault.RESENT);
                send(before.subList(Math.max(0, before.size() - 8), before.size()), wrong);
            }
            world.nature.scheduler.sleep(
                    Duration.ofMillis(random.nextLong(habits.pause.toMillis())));
        }
        if (habits.aliases && id.startsWith("anon-")) {
            alias(id);
        }
        atWork--;
    }

    private void send(List<ObjectNode> events, Duration wrong) {
        List<ObjectNode> left = events;
        for (int tries = 0; tries < MAX_ATTEMPTS && !left.isEmpty(); tries++) {
            if (tries > 0) {
                world.nature.count(Fault.RESENT);
                world.nature.scheduler.sleep(Duration.ofMillis(random.nextLong(2_000)));
            }
            left = sendOnce(left, wrong);
        }
    }

    private List<ObjectNode> sendOnce(List<ObjectNode> events, Duration wrong) {
        try {
            EventCollector.Receipt receipt = world.collect(body(events, wrong));
            Set<Integer> open = new HashSet<>(receipt.notStored());
            for (Rejection refusal : receipt.rejected()) {
                open.add(refusal.index());
                refused.add(id(events.get(refusal.index())));
                world.nature.count(Fault.SKEWED);
            }
            for (int i = 0; i < events.size(); i++) {
                if (!open.contains(i)) {
                    accepted.add(id(events.get(i)));
                }
            }
            return receipt.notStored().stream().map(events::get).toList();
        } catch (Death dead) {
            if (world.nature.scheduler.closing()) {
                throw dead;
            }
            return events;
        } catch (MalformedJsonException e) {
            throw new AssertionError("the simulation writes sound JSON", e);
        }
    }

    private static String id(ObjectNode event) {
        return event.path("eventId").textValue();
    }

    private byte[] body(List<ObjectNode> events, Duration wrong) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("sentAt", now(wrong).toString());
        ArrayNode all = body.putArray("events");
        events.forEach(all::add);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the token of a list that the user asks for, which is not always shown. */
    private ExposureToken answer() {
        List<ExposureToken.Shown> items = new ArrayList<>();
        int first = random.nextInt(UserBehaviour.ITEMS);
        for (int at = 0; at < 4; at++) {
            items.add(
                    new ExposureToken.Shown(
                            "item-" + (first + at) % UserBehaviour.ITEMS,
                            at == 3 ? 0.25 : 1,
                            1 << random.nextInt(4)));
        }
        return new ExposureToken(
                        "list-" + Long.toHexString(random.nextLong()),
                        random.nextBoolean() ? "home" : "article",
                        random.nextInt(3) == 0
                                ? List.of()
                                : List.of(
                                        new ListArm(
                                                "exp", "salt", random.nextBoolean() ? "a" : "b")),
                        1,
                        now(Duration.ZERO),
                        items)
                .ofSegment(random.nextInt(4) == 0 ? null : "s" + (1 + random.nextInt(3)));
    }

    private ObjectNode event(
            String id,
            int number,
            List<ObjectNode> before,
            List<ExposureToken> lists,
            Duration wrong) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("eventId", id + "-" + number);
        event.put(id.startsWith("anon") ? "anonymousId" : "userId", id);
        if (ids(id).size() == 2) {
            event.put("anonymousId", ids(id).getLast());
        }
        event.put("occurredAt", now(wrong).minusMillis(random.nextLong(3_000)).toString());
        if (random.nextInt(8) > 0) {
            event.put("sessionId", "session-" + id + "-" + lists.size() / 2);
        }
        event.putObject("context").put("country", id.hashCode() % 2 == 0 ? "BR" : "PT");
        if (random.nextInt(12) == 0) {
            event.putObject("consent").put("personalisation", false);
        }
        ExposureToken list = lists.get(Math.max(0, lists.size() - 1 - random.nextInt(3)));
        if (random.nextInt(12) == 0) {
            event.put("type", "impression").putArray("items").add(item()).add(item());
        } else if (random.nextInt(4) == 0) {
            event.put("type", "impression").put("exposure", list.sign(world.signer));
            if (random.nextInt(3) == 0) {
                event.putArray("items").add(list.itemIds().get(0)).add(list.itemIds().get(1));
            }
        } else if (!before.isEmpty() && random.nextDouble() < habits.retractions) {
            retract(event, before.get(random.nextInt(before.size())));
        } else {
            act(event, list, id);
        }
        return event;
    }

    /** Returns the ids in the events of a user: of every second user id also that of a device. */
    private static List<String> ids(String id) {
        boolean device = id.startsWith("user-") && id.hashCode() % 2 == 0;
        return device ? List.of(id, "anon-of-" + id) : List.of(id);
    }

    private static void retract(ObjectNode event, ObjectNode earlier) {
        boolean interacted = earlier.has("target") && !earlier.has("retracts");
        event.put("type", interacted ? earlier.path("type").textValue() : "like");
        event.putObject("target")
                .put("kind", "item")
                .put("id", interacted ? earlier.path("target").path("id").textValue() : "item-0");
        event.put("retracts", earlier.path("eventId").textValue());
    }

    /**
     * Writes an interaction, half of them with an item of a list. A user who may have aliases buys
     * from lists of its own only: which lists a purchase elsewhere is attributed to depends on when
     * the alias became known.
     */
    private void act(ObjectNode event, ExposureToken list, String id) {
        String drawn = habits.clicks ? "click" : TYPES[random.nextInt(TYPES.length)];
        boolean buys = drawn.equals("purchase") && !id.startsWith("anon-");
        boolean own = list.isAskedBy(ids(id), world.signer);
        String type = buys && !own ? "view" : drawn;
        boolean fromList = random.nextBoolean() || buys;
        event.put("type", type);
        event.putObject("target")
                .put("kind", "item")
                .put("id", fromList ? list.itemIds().get(random.nextInt(4)) : item());
        if (fromList) {
            event.put("exposure", list.sign(world.signer));
        }
        switch (type) {
            case "rating" -> event.put("value", 1 + random.nextInt(5));
            case "purchase" ->
                    event.putObject("value")
                            .put("amount", random.nextInt(100_000) / 100.0)
                            .put("currency", random.nextBoolean() ? "EUR" : "BRL");
            case "dwell" -> event.put("value", random.nextInt(300));
            default -> {}
        }
    }

    private void alias(String anonymousId) {
        ProfileFlow profiles =
                new ProfileFlow(
                        world.users,
                        new KinesisEventLog(
                                new Kinesis(
                                        new Sandbox(world.nature),
                                        world.nature,
                                        Map.of("events", world.events)),
                                "events"),
                        world.codec::encode,
                        world.nature.clock,
                        () -> "alias-" + random.nextLong(),
                        UnaryOperator.identity());
        try {
            profiles.alias(anonymousId, "user-" + (1 + 3 * random.nextInt(2)));
        } catch (StoreUnavailableException | Death given) {
            if (world.nature.scheduler.closing()) {
                throw new Death();
            }
        }
    }

    private String item() {
        return random.nextDouble() < habits.onOneItem
                ? "item-0"
                : "item-" + random.nextInt(UserBehaviour.ITEMS);
    }

    private Instant now(Duration wrong) {
        return world.nature
                .clock
                .instant()
                .plus(wrong)
                .truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }

    private long between(long least, long most) {
        return least + random.nextLong(most - least + 1);
    }
}
