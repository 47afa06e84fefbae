package dev.freshet.local.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.access.SealedExposure;
import dev.freshet.access.Signer;
import dev.freshet.cli.lake.FolderLake;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Strengths;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.features.AttributionRules;
import dev.freshet.features.ExampleFactory;
import dev.freshet.features.FeatureFlow;
import dev.freshet.features.Interactions;
import dev.freshet.features.KeptProperties;
import dev.freshet.features.StoredInteraction;
import dev.freshet.features.UserRows;
import dev.freshet.features.UserStores;
import dev.freshet.functions.LakeHandler;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.lake.LakeFlow;
import dev.freshet.lake.LakeRow;
import dev.freshet.lake.LakeRows;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.lake.DeliveryForm.Source;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.store.Lanes.OrderedLanes;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryExposures;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryUsers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One stream with both of its readers: the write flow over memory, and a lake in a folder. */
final class LakeWorld implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    static final int KEPT_DAYS = 400;
    static final int WAIT_SECONDS = 3_600;

    final SettableClock clock = new SettableClock(START);
    final MemoryUsers users = new MemoryUsers(clock);
    final MemoryInteractions interactions = new MemoryInteractions(clock);
    final MemoryExampleLog examples = new MemoryExampleLog();
    final LocalLake lake;
    static final Signer SIGNER = new Signer(new byte[32]);
    final Pseudonyms pseudonyms = new Pseudonyms(SIGNER);

    /** The function logs each of its failures, and here they are meant. */
    private static final Logger LOG = Logger.getLogger(LakeHandler.class.getName());

    boolean usersAway;
    boolean repeating;
    int keptDays = KEPT_DAYS;

    private final EventCodec codec = new EventCodec();
    private final FeatureFlow features =
            new FeatureFlow(
                    new UserStores(interactions, new MemoryExposures(clock), users),
                    examples,
                    new MemoryQuarantine(),
                    new FeatureFlow.Rules(
                            codec::decode,
                            Strengths.DEFAULTS::of,
                            factory(),
                            () -> SIGNER,
                            AttributionRules.DEFAULT,
                            KeptProperties.NONE),
                    clock,
                    new OrderedLanes(FeatureFlow.PARALLEL_USERS));
    private final LakeHandler handler;
    private final BatchDelivery delivery;
    private final AtomicInteger sequence = new AtomicInteger(1_000);
    private final AtomicInteger ids = new AtomicInteger();

    LakeWorld(Path folder) {
        LOG.setLevel(Level.OFF);
        this.lake = new LocalLake(folder);
        LakeFlow flow =
                new LakeFlow(
                        new AwayUsers(),
                        codec::decode,
                        () -> SIGNER,
                        new LakeRows(
                                pseudonyms::of,
                                EventTypes.BUILT_IN,
                                Strengths.DEFAULTS::of,
                                LakeWorld::isAnonymous,
                                KeptProperties.NONE),
                        clock,
                        new Random(1),
                        clock::advance);
        this.handler =
                new LakeHandler(
                        flow,
                        () -> {
                            throw new IllegalStateException("no bucket");
                        },
                        () -> {
                            throw new IllegalStateException("no bucket");
                        },
                        new Metrics(Map.of("Stack", "dev-main"), clock, line -> {}),
                        clock);
        this.delivery =
                new BatchDelivery(
                        lake,
                        this::invoke,
                        "events",
                        () -> repeating,
                        clock,
                        () -> "id-" + ids.incrementAndGet(),
                        line -> {});
    }

    ExampleFactory factory() {
        return new ExampleFactory(
                pseudonyms::of,
                id -> isAnonymous(id) ? WAIT_SECONDS : 0,
                new AttributeRules(List.of("plan"), AttributeRules.DEFAULT.interests()));
    }

    static boolean isAnonymous(String id) {
        return id.startsWith("anon");
    }

    Invocation invoke(String payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(payload.getBytes(UTF_8)), out, null);
            return new Invocation.Answer(out.toString(UTF_8));
        } catch (RuntimeException failed) {
            return new Invocation.Failed("Error", String.valueOf(failed.getMessage()));
        }
    }

    EventHeader header(String user, String id, Instant at, @Nullable Consent consent) {
        return new EventHeader(
                id,
                UserIdentity.user(user),
                "s",
                new EventTimes(at, at, clock.instant()),
                null,
                Context.UNKNOWN,
                consent,
                Map.of(),
                null,
                null);
    }

    Event click(String user, String id, Instant at, String item) {
        return new Event.Interaction(
                header(user, id, at, null), EventType.CLICK, Target.item(item), Value.NONE);
    }

    /** Returns the same header with the token of a list. */
    static EventHeader answering(EventHeader header, String token) {
        return new EventHeader(
                header.eventId(),
                header.user(),
                header.sessionId(),
                header.times(),
                SealedExposure.reopen(token).orElseThrow(),
                Context.of("mobile", "DE", 13),
                header.consent(),
                header.properties(),
                header.retryOf(),
                null);
    }

    StreamRecord record(Event event) {
        return record(event.partitionKey(), codec.encode(event));
    }

    StreamRecord record(String key, byte[] data) {
        return new StreamRecord(
                new ShardPosition(
                        "events/shardId-000000000000",
                        BigInteger.valueOf(sequence.incrementAndGet())),
                key,
                data,
                clock.instant());
    }

    /** Both readers take a batch. */
    void take(List<StreamRecord> batch) throws InterruptedException {
        features.process(batch, Instant.MAX);
        delivery.deliver(sources(batch));
    }

    /** The lake alone takes a batch. */
    void deliver(List<StreamRecord> batch) throws InterruptedException {
        delivery.deliver(sources(batch));
    }

    int redrive() throws InterruptedException {
        return delivery.redrive();
    }

    /** Returns the rows of a batch as they are on their way to the table. */
    List<byte[]> rows(List<StreamRecord> batch) {
        List<Source> sources = sources(batch);
        return DeliveryForm.read(
                        ((Invocation.Answer) invoke(DeliveryForm.request(sources, "events", "way")))
                                .payload(),
                        sources,
                        "way")
                .rows();
    }

    private static List<Source> sources(List<StreamRecord> batch) {
        return batch.stream()
                .map(
                        record ->
                                new Source(
                                        "shardId-000000000000",
                                        new ShardRecord(
                                                record.position().sequence(),
                                                record.partitionKey(),
                                                Base64.getEncoder().encodeToString(record.data()),
                                                record.arrivedAt())))
                .toList();
    }

    /** Erases a person as the privacy function does: the tombstone, then the record. */
    StreamRecord erase(String user, String id) {
        clock.advance(Duration.ofMillis(5));
        users.put(users.get(user).erased(Tombstone.of(id, clock.instant())));
        return record(new Event.Erasure(header(user, id, clock.instant(), null), user));
    }

    void withdraw(String user) {
        UserProfile profile = users.get(user);
        users.put(profile.with(new UserProfile.Stated(Map.of(), new Consent(false, false))));
    }

    /** Returns all profiles. */
    Stream<UserProfile> profiles() {
        return users.all().stream();
    }

    FolderLake.Settled settle() {
        return lake.settle(clock.instant(), keptDays);
    }

    /** Returns the keys of the rows of a person that the write flow stored. */
    Set<String> stored(String user) {
        Set<String> keys = new TreeSet<>();
        String next = null;
        do {
            UserRows.Page<StoredInteraction> page =
                    interactions.page(user, next, Interactions.MAX_PAGE);
            for (StoredInteraction row : page.rows()) {
                keys.add(row.eventId() + " " + row.occurredAt().toEpochMilli());
            }
            next = page.next();
        } while (next != null);
        return keys;
    }

    /** Returns the keys of the rows of every person in the lake, each as often as it is there. */
    Map<String, List<String>> settled() {
        return lake.query(
                "SELECT pseudonym, event_id, occurred_ns FROM interactions",
                rows -> {
                    Map<String, List<String>> keys = new HashMap<>();
                    while (rows.next()) {
                        keys.computeIfAbsent(rows.getString(1), user -> new ArrayList<>())
                                .add(rows.getString(2) + " " + rows.getLong(3) / 1_000_000);
                    }
                    return keys;
                });
    }

    String text(String user) {
        return LakeRow.text(pseudonyms.of(user));
    }

    @Override
    public void close() {
        lake.close();
    }

    private final class AwayUsers implements Users {
        @Override
        public UserProfile get(String userId) {
            return users.get(userId);
        }

        @Override
        public Map<String, UserProfile> getAll(Set<String> userIds) {
            if (usersAway) {
                throw new StoreUnavailableException("Users", new IllegalStateException("away"));
            }
            return users.getAll(userIds);
        }

        @Override
        public boolean put(UserProfile changed) {
            return users.put(changed);
        }
    }
}
