package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One event of a request, judged by every {@link EventRule} and brought into one form. EventMembers
 * that it does not know are passed over. Safe for use by several threads.
 */
public final class EventReader {
    /** Most bytes of an event's JSON. */
    public static final int MAX_BYTES = 32 << 10;

    /** Most levels of an event's JSON. */
    public static final int MAX_DEPTH = 20;

    /** Oldest event without a permit. */
    public static final Duration MAX_AGE = Duration.ofDays(7);

    /** How far a clock may run ahead. */
    public static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private final Supplier<Signer> exposures;
    private final ContextReader contexts;
    private final RateLimit rate;
    private final UnaryOperator<String> ids;

    /**
     * A reader of events.
     *
     * @param exposures vouches for exposure tokens; derived by {@link Signer#EXPOSURE}; asked only
     *     where there is a token
     */
    public EventReader(Supplier<Signer> exposures, UserAgents userAgents, RateLimit rate) {
        this(exposures, userAgents, rate, UnaryOperator.identity());
    }

    /**
     * The same with persons' ids replaced.
     *
     * @param ids what is kept in place of an id, as {@link dev.freshet.access.IdMask}
     */
    public EventReader(
            Supplier<Signer> exposures,
            UserAgents userAgents,
            RateLimit rate,
            UnaryOperator<String> ids) {
        this.exposures = exposures;
        this.ids = ids;
        this.contexts = new ContextReader(userAgents);
        this.rate = rate;
    }

    /** What came of reading. */
    public sealed interface Reading {
        /** A good event. */
        record Taken(int index, Event event) implements Reading {}

        /** A bad one. */
        record Refused(Rejection refusal) implements Reading {}
    }

    /**
     * Judges one event. The rate is counted last, so that only what would be taken uses it up.
     *
     * @param sentAt of the request; the event's own goes before it
     */
    public Reading read(Submission.Part part, Optional<Instant> sentAt, ReceiptContext receipt) {
        try {
            return new Reading.Taken(part.index(), event(part, sentAt, receipt));
        } catch (BrokenRule broken) {
            return new Reading.Refused(
                    broken.rule().refuse(part.index(), eventId(part.json()), broken.words()));
        }
    }

    private Event event(Submission.Part part, Optional<Instant> sentAt, ReceiptContext receipt)
            throws BrokenRule {
        JsonNode json = part.json();
        EventMembers.require(json.isObject(), EventRule.EVENT_NOT_AN_OBJECT);
        EventMembers.require(part.bytes() <= MAX_BYTES, EventRule.EVENT_TOO_LARGE);
        EventMembers.require(EventMembers.depth(json) <= MAX_DEPTH, EventRule.EVENT_TOO_DEEP);
        String eventId = EventMembers.id(json, "eventId");
        if (eventId == null) {
            throw EventRule.MISSING_EVENT_ID.broken();
        }
        UserIdentity user = user(json).under(ids);
        EventType type = type(json);
        Instant occurredAt = EventMembers.time(json, "occurredAt");
        if (occurredAt == null) {
            throw EventRule.MISSING_OCCURRED_AT.broken();
        }
        Instant ownSentAt = EventMembers.time(json, "sentAt");
        Instant correctedAt =
                ClockSkew.correct(
                        occurredAt,
                        ownSentAt == null ? sentAt : Optional.of(ownSentAt),
                        receipt.receivedAt());
        checkAge(correctedAt, receipt);
        Optional<ExposureToken> exposure = exposure(json, receipt);
        EventHeader header =
                new EventHeader(
                        eventId,
                        user,
                        EventMembers.id(json, "sessionId"),
                        occurredAt,
                        earlier(correctedAt, receipt.receivedAt()),
                        receipt.receivedAt(),
                        exposure.isPresent() ? json.path("exposure").textValue() : null,
                        contexts.read(EventMembers.find(json, "context"), receipt),
                        Extras.consent(EventMembers.find(json, "consent")),
                        Extras.properties(EventMembers.find(json, "properties")),
                        null,
                        receipt.trace().orElse(null));
        Event event =
                type == EventType.IMPRESSION
                        ? impression(header, json, exposure)
                        : interaction(header, type, json, exposure);
        EventMembers.require(
                receipt.permit().isPresent() || rate.allows(user.id(), receipt.receivedAt()),
                EventRule.RATE_EXCEEDED);
        return event;
    }

    private static Event interaction(
            EventHeader header, EventType type, JsonNode json, Optional<ExposureToken> exposure)
            throws BrokenRule {
        Target target = TargetReader.read(json);
        EventMembers.require(
                target.kind() != Target.Kind.NONE || !type.needsTarget(),
                EventRule.MISSING_TARGET,
                type.wireName());
        EventMembers.require(
                exposure.isEmpty()
                        || !target.isItem()
                        || exposure.get().itemIds().contains(target.id()),
                EventRule.EXPOSURE_MISMATCH);
        JsonNode retracts = EventMembers.find(json, "retracts");
        if (retracts == null) {
            return new Event.Interaction(
                    header, type, target, ValueReader.read(type, EventMembers.find(json, "value")));
        }
        String undone = EventMembers.asId(retracts, "retracts");
        EventMembers.require(!undone.equals(header.eventId()), EventRule.MALFORMED_RETRACTION);
        return new Event.Retraction(header, type, target, undone);
    }

    private static Event impression(
            EventHeader header, JsonNode json, Optional<ExposureToken> exposure) throws BrokenRule {
        EventMembers.require(
                EventMembers.find(json, "retracts") == null, EventRule.MALFORMED_RETRACTION);
        EventMembers.require(
                EventMembers.find(json, "value") == null,
                EventRule.UNEXPECTED_VALUE,
                EventType.IMPRESSION.wireName());
        String placement = EventMembers.id(json, "placement");
        List<String> said = items(EventMembers.find(json, "items"));
        if (exposure.isEmpty()) {
            EventMembers.require(!said.isEmpty(), EventRule.MISSING_ITEMS);
            return new Event.Impression(header, placement, said);
        }
        ExposureToken token = exposure.get();
        EventMembers.require(
                token.itemIds().containsAll(said)
                        && (placement == null || placement.equals(token.placement())),
                EventRule.EXPOSURE_MISMATCH);
        List<String> shown = said.isEmpty() ? token.itemIds() : said;
        EventMembers.require(!shown.isEmpty(), EventRule.MISSING_ITEMS);
        return new Event.Impression(
                header, token.placement().isEmpty() ? null : token.placement(), shown);
    }

    private static List<String> items(@Nullable JsonNode items) throws BrokenRule {
        if (items == null) {
            return List.of();
        }
        EventMembers.require(items.isArray(), EventRule.MISSING_ITEMS);
        EventMembers.require(items.size() <= Event.Impression.MAX_ITEMS, EventRule.TOO_MANY_ITEMS);
        List<String> ids = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            ids.add(EventMembers.asId(item, "Each entry of items"));
        }
        return ids;
    }

    private static UserIdentity user(JsonNode json) throws BrokenRule {
        String userId = EventMembers.id(json, "userId");
        String anonymousId = EventMembers.id(json, "anonymousId");
        EventMembers.require(userId != null || anonymousId != null, EventRule.MISSING_READER);
        return new UserIdentity(userId, anonymousId);
    }

    private static EventType type(JsonNode json) throws BrokenRule {
        JsonNode type = EventMembers.find(json, "type");
        if (type == null) {
            throw EventRule.MISSING_TYPE.broken();
        }
        return EventType.ofWireName(type.asText()).orElseThrow(EventRule.UNKNOWN_TYPE::broken);
    }

    private static void checkAge(Instant correctedAt, ReceiptContext receipt) throws BrokenRule {
        Instant oldest =
                receipt.permit()
                        .map(ImportPermit::oldest)
                        .orElse(receipt.receivedAt().minus(MAX_AGE));
        EventMembers.require(
                !correctedAt.isBefore(oldest),
                EventRule.OCCURRED_AT_TOO_OLD,
                receipt.permit().isPresent() ? "the permit allows" : "7 days");
        EventMembers.require(
                !correctedAt.isAfter(receipt.receivedAt().plus(MAX_AHEAD)),
                EventRule.OCCURRED_AT_IN_FUTURE);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Optional<ExposureToken> exposure(JsonNode json, ReceiptContext receipt)
            throws BrokenRule {
        JsonNode said = EventMembers.find(json, "exposure");
        if (said == null) {
            return Optional.empty();
        }
        Optional<ExposureToken> token =
                said.isTextual()
                        ? ExposureToken.open(said.textValue(), exposures.get())
                        : Optional.empty();
        EventMembers.require(token.isPresent(), EventRule.EXPOSURE_FORGED);
        EventMembers.require(
                receipt.permit().isPresent() || !token.get().expired(receipt.receivedAt()),
                EventRule.EXPOSURE_EXPIRED);
        return token;
    }

    private static @Nullable String eventId(JsonNode json) {
        JsonNode id = json.path("eventId");
        return id.isTextual() && EventMembers.isId(id.textValue()) ? id.textValue() : null;
    }
}
