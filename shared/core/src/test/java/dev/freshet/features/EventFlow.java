package dev.freshet.features;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ExposureTokens;
import dev.freshet.access.Signer;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Strengths;
import dev.freshet.event.Target;
import dev.freshet.event.TraceId;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.Pseudonym;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.model.Components;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.store.Lanes.OrderedLanes;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryExposures;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryUsers;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A feature flow over stores in memory, one shard, and the events to send through it. */
public final class EventFlow {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    public static final String SHARD = "events/shardId-000000000000";
    public static final Signer SIGNER =
            new Signer("a secret of the tests".getBytes(StandardCharsets.UTF_8));

    public final SettableClock clock = new SettableClock(NOW);
    public final MemoryInteractions rows = new MemoryInteractions(clock);
    public final MemoryExposures lists = new MemoryExposures(clock);
    public final MemoryUsers profiles = new MemoryUsers(clock);
    public final MemoryExampleLog emitted = new MemoryExampleLog();
    public final MemoryQuarantine quarantined = new MemoryQuarantine();
    public final EventCodec codec = new EventCodec();
    final Pseudonyms pseudonyms = new Pseudonyms(SIGNER);

    public Interactions interactions = rows;
    public Exposures exposures = lists;
    public Users users = profiles;
    public ExampleLog examples = emitted;
    public Quarantine quarantine = quarantined;
    public KeptProperties kept = KeptProperties.NONE;
    public Strengths strengths = Strengths.DEFAULTS;
    AttributeRules attributes = AttributeRules.DEFAULT;
    public ToIntFunction<String> waits = id -> 0;
    private long sequence = 100;

    FeatureFlow flow() {
        return new FeatureFlow(
                new UserStores(interactions, exposures, users),
                examples,
                quarantine,
                new FeatureFlow.Rules(
                        codec::decode,
                        strengths::of,
                        new ExampleFactory(pseudonyms::of, waits, attributes),
                        () -> SIGNER,
                        AttributionRules.DEFAULT,
                        kept),
                clock,
                new OrderedLanes(FeatureFlow.PARALLEL_USERS));
    }

    /** Puts the events on the stream and processes them as one batch. */
    public FeatureFlow.Outcome take(Event... events) {
        return take(Stream.of(events).map(this::record).toList());
    }

    public FeatureFlow.Outcome take(StreamRecord... batch) {
        return take(List.of(batch));
    }

    public FeatureFlow.Outcome take(List<StreamRecord> batch) {
        return flow().process(batch, clock.instant().plus(Duration.ofMinutes(1)));
    }

    /** Stores in the profile of a user what the user states. */
    public void states(
            String userId, Map<String, AttributeValue> attributes, @Nullable Consent consent) {
        profiles.put(profiles.get(userId).with(new UserProfile.Stated(attributes, consent)));
    }

    public Pseudonym pseudonym(String userId) {
        return pseudonyms.of(userId);
    }

    /** Returns all examples emitted so far, in order. */
    public List<Example> learned() {
        List<Example> all = new ArrayList<>();
        emitted.records().forEach(record -> all.addAll(ExampleCodec.decode(record)));
        return all;
    }

    /** Returns the items of the interactions emitted so far, in order. */
    List<String> learnedItems() {
        return learned().stream()
                .map(example -> ((Example.Interaction) example).target().id())
                .toList();
    }

    public List<StoredInteraction> stored() {
        List<StoredInteraction> all = new ArrayList<>();
        rows.scan(all::add);
        return all;
    }

    public int timesShown(String userId, String item) {
        return Objects.requireNonNull(profiles.get(userId).shown().get(item)).count();
    }

    public StreamRecord record(Event event) {
        String key =
                event instanceof Event.Alias alias
                        ? alias.anonymousId()
                        : event.header().user().id();
        return record(key, codec.encode(event));
    }

    public StreamRecord record(String key, byte[] bytes) {
        return new StreamRecord(
                new ShardPosition(SHARD, BigInteger.valueOf(++sequence)), key, bytes, NOW);
    }

    /** Returns so many records, each made from its index. */
    public static List<StreamRecord> batch(int size, IntFunction<StreamRecord> record) {
        return IntStream.range(0, size).mapToObj(record).toList();
    }

    public StreamRecord poison(String key) {
        return record(key, "no event".getBytes(StandardCharsets.UTF_8));
    }

    public StreamRecord click(String user, String item) {
        return record(clicked(user, item, user + "-" + item));
    }

    public static Event clicked(String user, String item, String eventId) {
        return did(user, EventType.CLICK, item, Value.NONE, eventId);
    }

    static Event did(String user, EventType type, String item, Value value, String eventId) {
        return new Event.Interaction(header(user, eventId), type, Target.item(item), value);
    }

    public static Event retracted(String user, String item, String eventId, String retracts) {
        return new Event.Retraction(
                header(user, eventId), EventType.CLICK, Target.item(item), retracts);
    }

    public static Event shown(String user, String eventId, Instant at, String... items) {
        return new Event.Impression(header(user, eventId, at), "front", List.of(items));
    }

    /** Returns the impression of a list in the place {@code home}. */
    static Event shown(String user, String eventId, Instant at, ExposureToken list) {
        Event shown = new Event.Impression(header(user, eventId), "home", list.itemIds());
        return onList(list, at, shown);
    }

    public static Event alias(String anonymousId, String userId) {
        return new Event.Alias(header(anonymousId, "alias-" + userId), anonymousId, userId);
    }

    static Event erased(String userId, String erasureId, Instant at) {
        return erased(userId, userId, erasureId, at);
    }

    /** Returns the erasure of one id, put under the partition key of another. */
    static Event erased(String under, String userId, String erasureId, Instant at) {
        return new Event.Erasure(
                EventHeader.of(erasureId, UserIdentity.anonymous(under), at), userId);
    }

    public static Event clicked(String user, String item) {
        return clicked(user, item, user + "-" + item);
    }

    /** Returns the event as part of a traced request. */
    static Event traced(Event event, TraceId trace) {
        return with(event, "trace", trace);
    }

    /** Returns the event with other times. */
    public static Event timed(Event event, EventTimes times) {
        return with(event, "times", times);
    }

    /** Returns the event with the consent that it states, or with none. */
    public static Event stating(Event event, @Nullable Consent consent) {
        return with(event, "consent", consent);
    }

    /** Returns the event with properties of its site. */
    static Event having(Event event, Map<String, String> properties) {
        return with(event, "properties", properties);
    }

    /**
     * Returns the event as one of a list, or of none, that happened at this time. The user of the
     * event asked for the list, if it names nobody.
     */
    static Event onList(@Nullable ExposureToken list, Instant at, Event event) {
        return onListOf(
                list == null || list.asker() != null
                        ? list
                        : asked(list, event.header().user().id()),
                at,
                event);
    }

    /** Returns a list that somebody asked for. */
    static ExposureToken asked(ExposureToken list, String userId) {
        return list.askedBy(userId, SIGNER);
    }

    /** Returns the event as one of a list, as it is, that happened at this time. */
    static Event onListOf(@Nullable ExposureToken list, Instant at, Event event) {
        return with(
                timed(event, new EventTimes(at, at, NOW)),
                "exposure",
                list == null ? null : ExposureTokens.sealed(list, SIGNER));
    }

    /** Returns the event with another value of one component of its header. */
    private static Event with(Event event, String name, @Nullable Object value) {
        EventHeader header = Components.with(event.header(), name, value);
        return (Event) Components.with((Record) event, "header", header);
    }

    static EventHeader header(String user, String eventId) {
        return header(user, eventId, NOW.minusSeconds(5));
    }

    private static EventHeader header(String user, String eventId, Instant at) {
        return new EventHeader(
                eventId,
                user.startsWith("anon") ? UserIdentity.anonymous(user) : UserIdentity.user(user),
                "session",
                new EventTimes(at, at.plusMillis(40), NOW),
                null,
                Context.of("mobile", "BR", 9),
                null,
                Map.of(),
                null,
                null);
    }
}
