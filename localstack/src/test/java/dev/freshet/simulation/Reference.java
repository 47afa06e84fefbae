package dev.freshet.simulation;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.Signer;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Strengths;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Standing;
import dev.freshet.example.Pseudonym;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.features.StoredInteraction;
import dev.freshet.profile.UserProfile.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Expected result of a stream: plain maps to which each record was applied once, in order, by an
 * independent second implementation of the rules without batches, stores or faults.
 */
final class Reference {
    /** An event of a user. */
    record Key(String user, Instant occurredAt, String eventId) {}

    /** Shown counts of each user by item. */
    final Map<String, Map<String, Shown>> shown = new TreeMap<>();

    final Map<Key, StoredInteraction> rows = new HashMap<>();
    final Map<ShardPosition, Example> examples = new LinkedHashMap<>();
    final ReferenceLists lists = new ReferenceLists();

    /**
     * Users whose enrolments depend on the order in which shards are processed, or on how far a
     * record came before it was quarantined: those with aliases, retried records and erasures.
     */
    final Set<Pseudonym> uncertain = new HashSet<>();

    private final ReferenceEnrolments enrolments = new ReferenceEnrolments();
    private final Map<Key, List<Enrolled>> enrolled = new HashMap<>();
    final Map<String, String> aliasOf = new HashMap<>();
    final Set<ShardPosition> unreadable = new HashSet<>();
    final Set<ShardPosition> restored = new HashSet<>();
    private final Set<String> takenBack = new HashSet<>();
    private final Function<byte[], Event> decoder;
    private final Pseudonyms pseudonyms;

    private final Signer exposures;

    private Reference(Function<byte[], Event> decoder, Pseudonyms pseudonyms, Signer exposures) {
        this.decoder = decoder;
        this.pseudonyms = pseudonyms;
        this.exposures = exposures;
    }

    /**
     * Applies all records of a stream. A record that was quarantined and retried counts at its
     * later position.
     */
    static Reference of(
            Stream events,
            Function<byte[], Event> decoder,
            Pseudonyms pseudonyms,
            Signer exposures) {
        Reference reference = new Reference(decoder, pseudonyms, exposures);
        events.all().forEach(held -> reference.note(held.data()));
        events.all().forEach(held -> reference.apply(events.position(held), held));
        return reference;
    }

    private void note(byte[] data) {
        try {
            Event event = decoder.apply(data);
            ShardPosition retryOf = event.header().retryOf();
            if (retryOf != null) {
                restored.add(retryOf);
                uncertain.add(name(event.header().user().id()));
            }
            if (event instanceof Event.Alias alias) {
                uncertain.add(name(alias.anonymousId()));
                uncertain.add(name(alias.userId()));
            }
            if (event instanceof Event.Erasure erasure) {
                uncertain.add(name(erasure.erasedId()));
            }
        } catch (RuntimeException undecodable) {
            return;
        }
    }

    private void apply(ShardPosition position, Stream.Held held) {
        if (restored.contains(position)) {
            return;
        }
        String key = held.record().partitionKey();
        Event event;
        try {
            event = decoder.apply(held.data());
        } catch (RuntimeException undecodable) {
            unreadable.add(position);
            return;
        }
        Consent consent = event.header().consent();
        if (consent != null && !consent.personalisation()) {
            return;
        }
        boolean begins = isAskedBy(event, List.of(event.header().user().id()));
        boolean own = begins || isAskedBy(event, ids(event.header().user()));
        switch (own ? event : event.withoutExposure()) {
            case Event.Interaction interaction -> {
                StoredInteraction row =
                        row(
                                key,
                                interaction,
                                interaction.type(),
                                interaction.target(),
                                Strengths.DEFAULTS.of(interaction.type(), interaction.value()),
                                interaction.value().magnitude(),
                                null,
                                position);
                if (!rows.containsKey(key(row))) {
                    row = row.credited(lists.stored(key, interaction));
                }
                if (isNew(row)) {
                    enrolled.put(key(row), enrolments.event(key, row.correctedAt()));
                    Example.Interaction example = interaction(row, token(interaction));
                    examples.put(
                            position,
                            example.credited(
                                    lists.counted(key, interaction, position, row.credit())));
                }
            }
            case Event.Retraction undone -> {
                StoredInteraction row =
                        row(
                                key,
                                undone,
                                undone.type(),
                                undone.target(),
                                0,
                                0,
                                undone.retracts(),
                                position);
                if (isNew(row)) {
                    takeBack(row);
                }
            }
            case Event.Impression seen -> {
                Optional<Example.Exposure> list =
                        own
                                ? lists.impression(
                                        key, name(key), seen, position, enrolments, begins)
                                : Optional.empty();
                list.ifPresent(example -> examples.put(position, example));
                if (list.isPresent() || !own) {
                    Map<String, Shown> counts = shown.computeIfAbsent(key, k -> new TreeMap<>());
                    new HashSet<>(seen.itemIds())
                            .forEach(item -> show(counts, item, seen.header().correctedAt()));
                }
            }
            case Event.Alias alias -> {
                String owner = aliasOf.putIfAbsent(alias.anonymousId(), alias.userId());
                if (owner == null || owner.equals(alias.userId())) {
                    examples.put(
                            position,
                            new Example.Merge(
                                    position,
                                    name(alias.anonymousId()),
                                    name(alias.userId()),
                                    List.of()));
                }
            }
            case Event.Erasure erasure -> {
                if (erasure.isOwn()) {
                    rows.keySet().removeIf(row -> row.user().equals(key));
                    shown.remove(key);
                    aliasOf.remove(key);
                    aliasOf.values().removeIf(key::equals);
                }
                examples.put(position, new Example.Forget(position, name(erasure.erasedId())));
            }
        }
    }

    /** Returns whether an event names no list, or one that an id asked for. */
    private boolean isAskedBy(Event event, List<String> ids) {
        return Optional.ofNullable(event.header().list())
                .map(list -> list.isAskedBy(ids, exposures))
                .orElse(true);
    }

    private static List<String> ids(UserIdentity user) {
        String anonymousId = user.anonymousId();
        return user.userId() == null || anonymousId == null
                ? List.of(user.id())
                : List.of(user.id(), anonymousId);
    }

    /** Returns whether this is the first record of an event. */
    private boolean isNew(StoredInteraction row) {
        return rows.putIfAbsent(key(row), row) == null;
    }

    private static Key key(StoredInteraction row) {
        return new Key(row.userId(), row.occurredAt(), row.eventId());
    }

    private static List<String> token(Event event) {
        return Optional.ofNullable(event.header().list())
                .map(ExposureToken::itemIds)
                .orElse(List.of());
    }

    private void takeBack(StoredInteraction row) {
        rows.values().stream()
                .filter(interaction -> interaction.userId().equals(row.userId()))
                .filter(interaction -> interaction.eventId().equals(row.retracts()))
                .filter(interaction -> interaction.retracts() == null)
                .findFirst()
                .filter(
                        interaction ->
                                takenBack.add(interaction.userId() + "\n" + interaction.eventId()))
                .ifPresent(
                        interaction -> {
                            lists.takenBack(interaction.userId(), interaction.eventId());
                            examples.put(
                                    row.owner(),
                                    new Example.Retraction(
                                            row.owner(), interaction(interaction, List.of())));
                        });
    }

    private static void show(Map<String, Shown> counts, String item, Instant at) {
        Shown before = counts.get(item);
        if (before == null || before.last().plus(Duration.ofDays(1)).isBefore(at)) {
            counts.put(item, new Shown(1, at, at));
        } else {
            Instant last = at.isAfter(before.last()) ? at : before.last();
            counts.put(item, new Shown(before.count() + 1, before.since(), last));
        }
    }

    private Example.Interaction interaction(StoredInteraction row, List<String> list) {
        return new Example.Interaction(
                        row.owner(),
                        name(row.userId()),
                        row.target(),
                        row.type(),
                        (float) row.strength(),
                        (float) row.value(),
                        row.correctedAt(),
                        row.context())
                .received(row.receivedAt())
                .with(Standing.enrolled(enrolled.getOrDefault(key(row), List.of())))
                .credited(row.credit())
                .inList(list);
    }

    private Pseudonym name(String user) {
        return pseudonyms.of(user);
    }

    private static StoredInteraction row(
            String user,
            Event event,
            EventType type,
            Target target,
            double strength,
            double value,
            @Nullable String retracts,
            ShardPosition owner) {
        EventHeader header = event.header();
        Context said = header.context();
        return new StoredInteraction(
                user,
                header.eventId(),
                header.times(),
                new StoredInteraction.Act(type, target, strength, value, retracts),
                header.sessionId(),
                said.stored(),
                owner,
                null,
                Map.of());
    }
}
