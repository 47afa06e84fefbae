package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.ImportPermit;
import dev.freshet.access.SealedExposure;
import dev.freshet.access.Signer;
import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.ingest.EventRule.BrokenRule;
import dev.freshet.ingest.EventRule.Rejection;
import dev.freshet.ingest.UserAgents.AgentQuota;
import dev.freshet.json.FieldReader;
import dev.freshet.json.Identifier;
import dev.freshet.json.StrictJson;
import dev.freshet.json.TextRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads one event of a request: checks it by every {@link EventRule} and converts it to an {@link
 * Event}. Unknown members are ignored. Safe for use by several threads.
 */
public final class EventReader {
    /**
     * Most bytes of an event's JSON: the longest exposure token ({@link ExposureToken#MAX_LENGTH}),
     * an impression's {@value Event.Impression#MAX_ITEMS} items with the longest ids (39 KB), and 9
     * KB of other members.
     */
    public static final int MAX_BYTES = 88 << 10;

    /** Most levels of an event's JSON. */
    public static final int MAX_DEPTH = 20;

    /** Age of the oldest event that is accepted without an import permit. */
    public static final Duration MAX_AGE = Duration.ofDays(7);

    /** Furthest that an event may lie in the future. */
    public static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private final Supplier<Signer> exposures;
    private final ContextReader contexts;
    private final RateLimit rate;
    private final UnaryOperator<String> ids;
    private final EventTypes types;

    /**
     * Creates a reader that replaces the ids of users and knows an owner's own types of events.
     *
     * @param ids maps an id to the one that is stored in its place, as {@link
     *     dev.freshet.access.IdMask} does
     */
    public EventReader(
            Supplier<Signer> exposures,
            UserAgents userAgents,
            RateLimit rate,
            UnaryOperator<String> ids,
            EventTypes types) {
        this.exposures = exposures;
        this.ids = ids;
        this.types = types;
        this.contexts = new ContextReader(userAgents);
        this.rate = rate;
    }

    /** The result of reading one event. */
    public sealed interface Reading {
        /** A valid event. */
        record Accepted(int index, Event event) implements Reading {}

        /** An event that breaks a rule. */
        record Rejected(Rejection rejection) implements Reading {}
    }

    /**
     * Reads one event. The rate limit is checked last, so that only events that are otherwise valid
     * use it up.
     *
     * @param sentAt of the request; used where the event has none of its own
     * @param quota of the request, shared by its events
     */
    public Reading read(
            Submission.Part part,
            Optional<Instant> sentAt,
            ReceiptContext receipt,
            AgentQuota quota) {
        try {
            return new Reading.Accepted(part.index(), event(part, sentAt, receipt, quota));
        } catch (BrokenRule broken) {
            return new Reading.Rejected(
                    broken.rule().reject(part.index(), eventId(part.json()), broken.parameters()));
        }
    }

    private Event event(
            Submission.Part part,
            Optional<Instant> sentAt,
            ReceiptContext receipt,
            AgentQuota quota)
            throws BrokenRule {
        JsonNode json = part.json();
        BrokenRule.unless(json.isObject(), EventRule.EVENT_NOT_AN_OBJECT);
        BrokenRule.unless(part.bytes() <= MAX_BYTES, EventRule.EVENT_TOO_LARGE);
        BrokenRule.unless(StrictJson.depth(json) <= MAX_DEPTH, EventRule.EVENT_TOO_DEEP);
        FieldReader<BrokenRule> fields = FieldReader.lenient(json, "", BrokenRule::of);
        String eventId =
                required(fields.identifier("eventId", Identifier.ANY), EventRule.MISSING_EVENT_ID);
        UserIdentity user = user(fields).under(ids);
        EventType type = type(fields);
        Instant occurredAt =
                required(
                        fields.time("occurredAt", Submission.MAX_TIME),
                        EventRule.MISSING_OCCURRED_AT);
        Instant ownSentAt = fields.time("sentAt", Submission.MAX_TIME);
        Instant correctedAt =
                ClockSkew.correct(
                        occurredAt,
                        ownSentAt == null ? sentAt : Optional.of(ownSentAt),
                        receipt.receivedAt());
        checkAge(correctedAt, receipt);
        Optional<SealedExposure> exposure = exposure(fields, receipt);
        EventHeader header =
                new EventHeader(
                        eventId,
                        user,
                        fields.identifier("sessionId", Identifier.ANY),
                        new EventTimes(
                                occurredAt,
                                earlier(correctedAt, receipt.receivedAt()),
                                receipt.receivedAt()),
                        exposure.orElse(null),
                        contexts.read(fields.find("context"), receipt, quota),
                        Extras.consent(fields.find("consent")),
                        Extras.properties(fields.find("properties")),
                        null,
                        receipt.trace().orElse(null));
        Event event =
                type == EventType.IMPRESSION
                        ? impression(header, fields)
                        : interaction(header, type, fields);
        BrokenRule.unless(
                receipt.permit().isPresent() || rate.allows(user.id(), receipt.receivedAt()),
                EventRule.RATE_EXCEEDED);
        return event;
    }

    private Event interaction(EventHeader header, EventType type, FieldReader<BrokenRule> fields)
            throws BrokenRule {
        Target target = target(fields);
        BrokenRule.unless(
                target.kind() != Target.Kind.NONE || !types.needsTarget(type),
                EventRule.MISSING_TARGET,
                types.nameOf(type));
        ExposureToken list = header.list();
        BrokenRule.unless(
                list == null || !target.isItem() || list.itemIds().contains(target.id()),
                EventRule.EXPOSURE_MISMATCH);
        JsonNode retracts = fields.find("retracts");
        if (retracts == null) {
            return new Event.Interaction(
                    header, type, target, ValueReader.read(types, type, fields.find("value")));
        }
        String retractedId =
                FieldReader.identifierOf(retracts, "retracts", Identifier.ANY, BrokenRule::of);
        BrokenRule.unless(!retractedId.equals(header.eventId()), EventRule.MALFORMED_RETRACTION);
        return new Event.Retraction(header, type, target, retractedId);
    }

    /** Returns what an event refers to: {@code target {kind, id}}, or {@code itemId} for short. */
    private static Target target(FieldReader<BrokenRule> fields) throws BrokenRule {
        String itemId = fields.identifier("itemId", Identifier.ANY);
        JsonNode node = fields.find("target");
        if (node == null) {
            return itemId == null ? Target.NONE : Target.item(itemId);
        }
        Target.Kind kind =
                Target.Kind.ofWireName(node.path("kind").asText())
                        .orElseThrow(EventRule.MALFORMED_TARGET::broken);
        String id = FieldReader.lenient(node, "", BrokenRule::of).identifier("id", Identifier.ANY);
        BrokenRule.unless((kind == Target.Kind.NONE) == (id == null), EventRule.MALFORMED_TARGET);
        Target target = id == null ? Target.NONE : new Target(kind, id);
        BrokenRule.unless(
                itemId == null || target.equals(Target.item(itemId)), EventRule.MALFORMED_TARGET);
        return target;
    }

    private static Event impression(EventHeader header, FieldReader<BrokenRule> fields)
            throws BrokenRule {
        BrokenRule.unless(fields.find("retracts") == null, EventRule.MALFORMED_RETRACTION);
        BrokenRule.unless(
                fields.find("value") == null,
                EventRule.UNEXPECTED_VALUE,
                EventType.IMPRESSION.wireName());
        String placement = fields.identifier("placement", Identifier.ANY);
        List<String> itemIds = items(fields.find("items"));
        ExposureToken list = header.list();
        if (list == null) {
            BrokenRule.unless(!itemIds.isEmpty(), EventRule.MISSING_ITEMS);
            BrokenRule.unless(
                    placement == null || !Event.Impression.RESERVED_PLACEMENTS.contains(placement),
                    EventRule.RESERVED_PLACEMENT);
            return new Event.Impression(header, placement, itemIds);
        }
        BrokenRule.unless(
                list.itemIds().containsAll(itemIds)
                        && (placement == null || placement.equals(list.placement())),
                EventRule.EXPOSURE_MISMATCH);
        List<String> shownIds = itemIds.isEmpty() ? list.itemIds() : itemIds;
        BrokenRule.unless(!shownIds.isEmpty(), EventRule.MISSING_ITEMS);
        return new Event.Impression(
                header, list.placement().isEmpty() ? null : list.placement(), shownIds);
    }

    private static List<String> items(@Nullable JsonNode items) throws BrokenRule {
        if (items == null) {
            return List.of();
        }
        BrokenRule.unless(items.isArray(), EventRule.MISSING_ITEMS);
        BrokenRule.unless(items.size() <= Event.Impression.MAX_ITEMS, EventRule.TOO_MANY_ITEMS);
        List<String> ids = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            ids.add(
                    FieldReader.identifierOf(
                            item, "Each entry of items", Identifier.ANY, BrokenRule::of));
        }
        return ids;
    }

    private static UserIdentity user(FieldReader<BrokenRule> fields) throws BrokenRule {
        String userId = fields.identifier("userId", Identifier.USER);
        String anonymousId = fields.identifier("anonymousId", Identifier.USER);
        BrokenRule.unless(userId != null || anonymousId != null, EventRule.MISSING_USER);
        return new UserIdentity(userId, anonymousId);
    }

    private EventType type(FieldReader<BrokenRule> fields) throws BrokenRule {
        JsonNode type = required(fields.find("type"), EventRule.MISSING_TYPE);
        return types.ofName(type.asText())
                .orElseThrow(() -> EventRule.UNKNOWN_TYPE.broken(types.names()));
    }

    private static void checkAge(Instant correctedAt, ReceiptContext receipt) throws BrokenRule {
        Instant oldest =
                receipt.permit()
                        .map(ImportPermit::oldest)
                        .orElse(receipt.receivedAt().minus(MAX_AGE));
        BrokenRule.unless(
                !correctedAt.isBefore(oldest),
                EventRule.OCCURRED_AT_TOO_OLD,
                receipt.permit().isPresent() ? "the permit allows" : "7 days");
        BrokenRule.unless(
                !correctedAt.isAfter(receipt.receivedAt().plus(MAX_AHEAD)),
                EventRule.OCCURRED_AT_IN_FUTURE);
    }

    private static <T> T required(@Nullable T member, EventRule missing) throws BrokenRule {
        if (member == null) {
            throw missing.broken();
        }
        return member;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Optional<SealedExposure> exposure(
            FieldReader<BrokenRule> fields, ReceiptContext receipt) throws BrokenRule {
        JsonNode node = fields.find("exposure");
        if (node == null) {
            return Optional.empty();
        }
        Optional<SealedExposure> token =
                node.isTextual()
                        ? SealedExposure.open(node.textValue(), exposures.get())
                        : Optional.empty();
        BrokenRule.unless(token.isPresent(), EventRule.EXPOSURE_FORGED);
        BrokenRule.unless(
                receipt.permit().isPresent() || !token.get().list().expired(receipt.receivedAt()),
                EventRule.EXPOSURE_EXPIRED);
        return token;
    }

    private static @Nullable String eventId(JsonNode json) {
        JsonNode id = json.path("eventId");
        return id.isTextual() && Identifier.ANY.accepts(id.textValue()) ? id.textValue() : null;
    }

    /** Reads the optional parts of an event: consent, and the site's own properties. */
    static final class Extras {
        /** Most entries of properties. */
        static final int MAX_PROPERTIES = 32;

        /** Most bytes of names and values of properties. */
        static final int MAX_PROPERTY_BYTES = 8 << 10;

        private Extras() {}

        static @Nullable Consent consent(@Nullable JsonNode node) throws BrokenRule {
            if (node == null) {
                return null;
            }
            JsonNode personalisation = node.path("personalisation");
            JsonNode analytics = node.path("analytics");
            BrokenRule.unless(
                    node.isObject()
                            && (personalisation.isBoolean() || personalisation.isMissingNode())
                            && (analytics.isBoolean() || analytics.isMissingNode()),
                    EventRule.MALFORMED_CONSENT);
            return new Consent(personalisation.asBoolean(true), analytics.asBoolean(true));
        }

        static Map<String, String> properties(@Nullable JsonNode node) throws BrokenRule {
            if (node == null) {
                return Map.of();
            }
            BrokenRule.unless(node.isObject(), EventRule.MALFORMED_PROPERTIES);
            BrokenRule.unless(node.size() <= MAX_PROPERTIES, EventRule.TOO_MANY_PROPERTIES);
            Map<String, String> properties = new HashMap<>();
            int bytes = 0;
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                JsonNode value = property.getValue();
                if (value.isNull()) {
                    continue;
                }
                BrokenRule.unless(
                        value.isTextual()
                                || value.isBoolean()
                                || (value.isNumber() && Double.isFinite(value.doubleValue())),
                        EventRule.MALFORMED_PROPERTIES);
                String text = value.asText();
                BrokenRule.unless(
                        TextRule.SINGLE_LINE.accepts(property.getKey())
                                && TextRule.WELL_FORMED.accepts(text),
                        EventRule.MALFORMED_PROPERTIES);
                bytes += utf8Length(property.getKey()) + utf8Length(text);
                properties.put(property.getKey(), text);
            }
            BrokenRule.unless(bytes <= MAX_PROPERTY_BYTES, EventRule.PROPERTIES_TOO_LARGE);
            return properties;
        }

        private static int utf8Length(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** Reads the value of an event, in the unit of its type. */
    static final class ValueReader {
        private ValueReader() {}

        /**
         * Reads a value. That of an owner's own type is on the stream as a number without a unit,
         * which only the definition knows.
         */
        static Value read(EventTypes types, EventType type, @Nullable JsonNode value)
                throws BrokenRule {
            String name = types.nameOf(type);
            ValueKind kind = types.valueKind(type);
            if (kind == ValueKind.NONE) {
                BrokenRule.unless(value == null, EventRule.UNEXPECTED_VALUE, name);
                return Value.NONE;
            }
            if (kind != ValueKind.MONEY) {
                double number = number(name, value, kind);
                return Value.of(type.isOwn() ? ValueKind.NUMBER : kind, number);
            }
            if (value == null) {
                return Value.NONE;
            }
            JsonNode currency = value.path("currency");
            BrokenRule.unless(
                    currency.isTextual() && currency.textValue().matches("[A-Z]{3}"),
                    EventRule.MALFORMED_VALUE,
                    name,
                    form(kind));
            return Value.money(number(name, value.path("amount"), kind), currency.textValue());
        }

        private static double number(String type, @Nullable JsonNode value, ValueKind kind)
                throws BrokenRule {
            if (value == null) {
                throw EventRule.MISSING_VALUE.broken(type, form(kind));
            }
            BrokenRule.unless(value.isNumber(), EventRule.MALFORMED_VALUE, type, form(kind));
            double number = value.doubleValue();
            BrokenRule.unless(Double.isFinite(number), EventRule.VALUE_NOT_FINITE);
            BrokenRule.unless(
                    number >= kind.least() && number <= kind.most(),
                    EventRule.VALUE_OUT_OF_RANGE,
                    type,
                    form(kind));
            return number;
        }

        private static String form(ValueKind kind) {
            return switch (kind) {
                case NONE -> "nothing";
                case PERCENT -> "0 to 100 percent";
                case SECONDS -> "0 to 86400 seconds";
                case STARS -> "0.5 to 5 stars";
                case MONEY -> "{amount: 0 to 1000000000, currency: three capital letters}";
                case NUMBER -> "0 to 1000000000";
            };
        }
    }
}
