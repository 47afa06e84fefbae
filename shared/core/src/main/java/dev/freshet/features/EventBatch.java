package dev.freshet.features;

import dev.freshet.access.Signer;
import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.TraceId;
import dev.freshet.example.ExampleTraces;
import dev.freshet.features.FeatureFlow.Admission;
import dev.freshet.features.FeatureFlow.ConsentCounts;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.UserProfile.AliasRefusal;
import dev.freshet.profile.Users;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A batch of records of {@code events} as read: each record's event or why there is none, and the
 * profile of every user in it, read once, with that of the user of whom an anonymous id is an
 * alias.
 */
final class EventBatch {
    /** The result of decoding one record. */
    sealed interface Reading {}

    record Decoded(Event event) implements Reading {}

    /**
     * A record that is no valid event.
     *
     * @param reason for the quarantine: kebab-case, a colon, a sentence
     */
    record Unreadable(String reason) implements Reading {}

    private final List<StreamRecord> records;
    private final List<Reading> readings;
    private final Map<String, UserProfile> profiles;
    private final Supplier<Signer> exposures;

    private EventBatch(
            List<StreamRecord> records,
            List<Reading> readings,
            Map<String, UserProfile> profiles,
            Supplier<Signer> exposures) {
        this.records = records;
        this.readings = readings;
        this.profiles = new ConcurrentHashMap<>(profiles);
        this.exposures = exposures;
    }

    /**
     * Decodes the records, then reads the profiles.
     *
     * @param exposures returns the signer of exposure tokens
     * @throws dev.freshet.store.StoreUnavailableException if the profiles cannot be read
     */
    static EventBatch read(
            List<StreamRecord> records,
            Function<byte[], Event> decoder,
            Users users,
            Supplier<Signer> exposures) {
        List<Reading> readings = records.stream().map(record -> reading(record, decoder)).toList();
        Set<String> userIds = new HashSet<>();
        for (int i = 0; i < readings.size(); i++) {
            switch (readings.get(i)) {
                case Decoded(Event event) -> userIds.addAll(subjects(event));
                case Unreadable unreadable -> userIds.add(records.get(i).partitionKey());
            }
        }
        Map<String, UserProfile> profiles = new ConcurrentHashMap<>();
        readAll(userIds, users, profiles);
        Set<String> owners = new HashSet<>();
        for (UserProfile profile : profiles.values()) {
            if (profile.aliasOf() != null && !profiles.containsKey(profile.aliasOf())) {
                owners.add(profile.aliasOf());
            }
        }
        readAll(owners, users, profiles);
        return new EventBatch(records, readings, profiles, exposures);
    }

    StreamRecord record(int i) {
        return records.get(i);
    }

    Reading reading(int i) {
        return readings.get(i);
    }

    /**
     * Returns the different traces of these records, at most as many as a record of examples may
     * carry.
     */
    List<TraceId> traces(IntStream which) {
        return ExampleTraces.bounded(
                which.mapToObj(readings::get)
                        .map(r -> r instanceof Decoded(Event event) ? event.header().trace() : null)
                        .filter(Objects::nonNull)
                        .toList());
    }

    UserProfile profile(String userId) {
        return profiles.getOrDefault(userId, UserProfile.absent(userId));
    }

    /**
     * Replaces a profile after it was written, for later events of the batch. A profile that was
     * written later stays, since aliases write those of users whose own events run in parallel.
     */
    void profile(UserProfile written) {
        profiles.merge(
                written.userId(),
                written,
                (held, other) -> held.revision() > other.revision() ? held : other);
    }

    /** Returns whether a record may leave rows. */
    Admission admission(int i) {
        return switch (readings.get(i)) {
            case Decoded(Event event) ->
                    refusal(records.get(i), event)
                            .or(
                                    () ->
                                            event instanceof Event.Alias alias && !permits(alias)
                                                    ? Optional.of(EventOutcome.ALIAS_REFUSED)
                                                    : Optional.empty())
                            .<Admission>map(Admission.Refused::new)
                            .orElseGet(() -> admitted(event));
            case Unreadable unreadable ->
                    new Admission.Refused(
                            isErased(records.get(i))
                                    ? EventOutcome.ERASED
                                    : EventOutcome.QUARANTINED);
        };
    }

    /** Returns why an event leaves neither rows nor examples, or empty if it may leave them. */
    Optional<EventOutcome> refusal(StreamRecord record, Event event) {
        if (isErased(record, event)) {
            return Optional.of(EventOutcome.ERASED);
        }
        return allows(event) ? Optional.empty() : Optional.of(EventOutcome.WITHOUT_CONSENT);
    }

    private Admission admitted(Event event) {
        boolean counts = listUse(event).counts();
        return !counts && event instanceof Event.Impression
                ? new Admission.Refused(EventOutcome.LIST_NOT_COUNTED)
                : new Admission.Admitted(
                        counts ? event : event.withoutExposure(), allowsAnalytics(event));
    }

    /** Returns what the list that an event names is to the event's user. */
    ListUse listUse(Event event) {
        return ListUse.of(event, this::profile, exposures);
    }

    /** Returns whether the profiles of an alias let its anonymous id belong to its user. */
    private boolean permits(Event.Alias alias) {
        return AliasRefusal.permits(profile(alias.anonymousId()), alias.userId())
                && AliasRefusal.takes(profile(alias.userId()), alias.anonymousId());
    }

    /**
     * Returns whether a user of the event was erased after the event was received, or whether the
     * event, or the record that it resubmits, precedes that user's erasure in the shard. Always
     * false for an erasure.
     */
    private boolean isErased(StreamRecord record, Event event) {
        ShardPosition retryOf = event.header().retryOf();
        ShardPosition origin = retryOf != null ? retryOf : record.position();
        Instant receivedAt = event.header().receivedAt();
        return !(event instanceof Event.Erasure)
                && subjects(event).stream()
                        .map(this::profile)
                        .anyMatch(
                                subject ->
                                        covers(
                                                subject,
                                                receivedAt,
                                                subject.userId().equals(record.partitionKey())
                                                        ? origin
                                                        : null));
    }

    /** Returns whether an undecodable record came from a user who was erased since. */
    boolean isErased(StreamRecord unreadable) {
        return covers(
                profile(unreadable.partitionKey()), unreadable.arrivedAt(), unreadable.position());
    }

    private static boolean covers(
            UserProfile subject, Instant receivedAt, @Nullable ShardPosition origin) {
        Tombstone tombstone = subject.tombstone();
        return tombstone != null && tombstone.covers(receivedAt, origin);
    }

    /**
     * Returns whether rows may be stored and the model may learn: unless the event itself, the
     * profile of one of its users, or the profile of the user of whom such an id is an alias
     * refuses personalisation. What an event states never outweighs the refusal of a profile,
     * because whoever holds a publishable key can write it. Always true for an erasure.
     */
    private boolean allows(Event event) {
        return event instanceof Event.Erasure || consents(event, Consent::personalisation);
    }

    /**
     * Returns whether a row that only serves analytics may be stored: unless the event, a profile
     * or the profile of the user of an alias refuses analytics.
     */
    boolean allowsAnalytics(Event event) {
        return consents(event, Consent::analytics);
    }

    /**
     * Counts refusals of consent among the first records: of what users did, so that aliases and
     * erasures do not count.
     */
    ConsentCounts consents(int records) {
        int personalisation = 0;
        int analytics = 0;
        for (int i = 0; i < records; i++) {
            if (reading(i) instanceof Decoded(Event event)
                    && !(event instanceof Event.Alias || event instanceof Event.Erasure)) {
                boolean allowed = allows(event);
                personalisation += allowed ? 0 : 1;
                analytics += allowed && allowsAnalytics(event) ? 0 : 1;
            }
        }
        return new ConsentCounts(personalisation, analytics);
    }

    private boolean consents(Event event, Predicate<Consent> purpose) {
        return permits(event.header().consent(), purpose)
                && subjects(event).stream()
                        .map(this::profile)
                        .allMatch(
                                profile ->
                                        permits(profile.consent(), purpose)
                                                && permits(ownerOf(profile).consent(), purpose));
    }

    /** Returns the profile of the user of whom an id is an alias, or of the id itself. */
    UserProfile owner(String userId) {
        return ownerOf(profile(userId));
    }

    /** Returns the profile of the user of whom this id is an alias, or the profile itself. */
    private UserProfile ownerOf(UserProfile profile) {
        return profile.aliasOf() == null ? profile : profile(profile.aliasOf());
    }

    private static boolean permits(@Nullable Consent consent, Predicate<Consent> purpose) {
        return consent == null || purpose.test(consent);
    }

    private static List<String> subjects(Event event) {
        return event instanceof Event.Alias(var header, String anonymousId, String userId)
                ? List.of(anonymousId, userId)
                : List.of(event.header().user().id());
    }

    private static void readAll(Set<String> ids, Users users, Map<String, UserProfile> into) {
        List<String> list = List.copyOf(ids);
        for (int from = 0; from < list.size(); from += Users.MAX_GET) {
            into.putAll(
                    users.getAll(
                            Set.copyOf(
                                    list.subList(
                                            from, Math.min(from + Users.MAX_GET, list.size())))));
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever the decoder throws, the record cannot be read
    private static Reading reading(StreamRecord record, Function<byte[], Event> decoder) {
        Event event;
        try {
            event = decoder.apply(record.data());
        } catch (RuntimeException undecodable) {
            return new Unreadable("undecodable: " + undecodable);
        }
        return brokenRule(record, event).<Reading>map(Unreadable::new).orElse(new Decoded(event));
    }

    private static Optional<String> brokenRule(StreamRecord record, Event event) {
        if (!event.partitionKey().equals(record.partitionKey())) {
            return Optional.of(
                    "foreign-partition-key: The record's partition key is not the id of its user.");
        }
        if (event instanceof Event.Alias alias && alias.isOfItself()) {
            return Optional.of("alias-of-itself: An anonymous id cannot be an alias of itself.");
        }
        return Optional.empty();
    }
}
