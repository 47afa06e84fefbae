package dev.freshet.event.avro;

import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.event.TraceId;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Conversion between events and generic Avro records of one schema. */
final class EventRecords {
    private static final long NANOS = 1_000_000_000L;

    private final Schema schema;
    private final Schema context;
    private final Schema consent;
    private final Map<String, Schema> bodies = new HashMap<>();

    EventRecords(Schema schema) {
        this.schema = schema;
        this.context = schema.getField("context").schema();
        this.consent = schema.getField("consent").schema().getTypes().get(1);
        schema.getField("body").schema().getTypes().forEach(t -> bodies.put(t.getName(), t));
    }

    GenericRecord toRecord(Event event) {
        EventHeader header = event.header();
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            if (field.hasDefaultValue()) {
                record.put(field.name(), GenericData.get().getDefaultValue(field));
            }
        }
        record.put("eventId", header.eventId());
        record.put("userId", header.user().userId());
        record.put("anonymousId", header.user().anonymousId());
        record.put("sessionId", header.sessionId());
        record.put("occurredAt", nanos(header.occurredAt()));
        record.put("correctedAt", nanos(header.correctedAt()));
        record.put("receivedAt", nanos(header.receivedAt()));
        record.put("exposure", header.exposure());
        record.put("context", contextRecord(header.context()));
        Consent given = header.consent();
        record.put("consent", given == null ? null : consentRecord(given));
        record.put("properties", header.properties());
        ShardPosition retryOf = header.retryOf();
        record.put("retryOf", retryOf == null ? null : retryOf.toString());
        TraceId trace = header.trace();
        record.put("trace", trace == null ? null : trace.digits());
        record.put("body", bodyRecord(event));
        return record;
    }

    private GenericRecord contextRecord(Context from) {
        GenericRecord record = new GenericData.Record(context);
        record.put("device", from.device());
        record.put("os", from.os());
        record.put("browser", from.browser());
        record.put("locale", from.locale());
        record.put("country", from.country());
        record.put("region", from.region());
        record.put("page", from.page());
        record.put("referrer", from.referrer());
        record.put("localHour", from.localHour());
        return record;
    }

    private GenericRecord consentRecord(Consent given) {
        GenericRecord record = new GenericData.Record(consent);
        record.put("personalisation", given.personalisation());
        record.put("analytics", given.analytics());
        return record;
    }

    private GenericRecord bodyRecord(Event event) {
        return switch (event) {
            case Event.Interaction interaction -> {
                GenericRecord record =
                        acted("Interaction", interaction.type(), interaction.target());
                record.put("value", number(interaction.value()));
                record.put(
                        "currency",
                        interaction.value() instanceof Value.Money m ? m.currency() : null);
                yield record;
            }
            case Event.Impression shown -> {
                GenericRecord record = blank("Impression");
                record.put("placement", shown.placement());
                record.put("itemIds", shown.itemIds());
                yield record;
            }
            case Event.Retraction undone -> {
                GenericRecord record = acted("Retraction", undone.type(), undone.target());
                record.put("retracts", undone.retracts());
                yield record;
            }
            case Event.Alias alias -> {
                GenericRecord record = blank("Alias");
                record.put("anonymousId", alias.anonymousId());
                record.put("userId", alias.userId());
                yield record;
            }
            case Event.Erasure erasure -> {
                GenericRecord record = blank("Erasure");
                record.put("erasedId", erasure.erasedId());
                yield record;
            }
        };
    }

    private GenericRecord blank(String name) {
        return new GenericData.Record(bodies.get(name));
    }

    private GenericRecord acted(String name, EventType type, Target target) {
        GenericRecord record = blank(name);
        record.put("type", type.wireName());
        record.put("targetKind", target.kind().wireName());
        record.put("targetId", target.id());
        return record;
    }

    private static @Nullable Double number(Value value) {
        return switch (value) {
            case Value.None none -> null;
            case Value.Stars(double stars) -> stars;
            case Value.Seconds(double seconds) -> seconds;
            case Value.Percent(double percent) -> percent;
            case Value.Numeric(double own) -> own;
            case Value.Money money -> money.amount();
        };
    }

    Event toEvent(GenericRecord record) {
        EventHeader header = header(record);
        GenericRecord body = (GenericRecord) record.get("body");
        return switch (body.getSchema().getName()) {
            case "Interaction" ->
                    new Event.Interaction(header, type(body), target(body), value(body));
            case "Impression" ->
                    new Event.Impression(
                            header, text(body, "placement"), texts((List<?>) body.get("itemIds")));
            case "Retraction" ->
                    new Event.Retraction(
                            header, type(body), target(body), required(body, "retracts"));
            case "Alias" ->
                    new Event.Alias(
                            header, required(body, "anonymousId"), required(body, "userId"));
            case "Erasure" -> new Event.Erasure(header, required(body, "erasedId"));
            default -> throw new IllegalArgumentException("unknown kind of event");
        };
    }

    private static EventHeader header(GenericRecord record) {
        String retryOf = text(record, "retryOf");
        String trace = text(record, "trace");
        Map<String, String> properties = new HashMap<>();
        ((Map<?, ?>) record.get("properties"))
                .forEach((name, value) -> properties.put(name.toString(), value.toString()));
        return new EventHeader(
                required(record, "eventId"),
                new UserIdentity(text(record, "userId"), text(record, "anonymousId")),
                text(record, "sessionId"),
                new EventTimes(
                        instant(record, "occurredAt"),
                        instant(record, "correctedAt"),
                        instant(record, "receivedAt")),
                text(record, "exposure"),
                context((GenericRecord) record.get("context")),
                record.get("consent") instanceof GenericRecord given
                        ? new Consent(
                                (Boolean) given.get("personalisation"),
                                (Boolean) given.get("analytics"))
                        : null,
                properties,
                retryOf == null ? null : ShardPosition.parse(retryOf),
                trace == null ? null : new TraceId(trace));
    }

    private static Context context(GenericRecord from) {
        return new Context(
                text(from, "device"),
                text(from, "os"),
                text(from, "browser"),
                text(from, "locale"),
                text(from, "country"),
                text(from, "region"),
                text(from, "page"),
                text(from, "referrer"),
                (Integer) from.get("localHour"));
    }

    private static EventType type(GenericRecord body) {
        String name = required(body, "type");
        return EventType.ofWireName(name)
                .orElseThrow(() -> new IllegalArgumentException("unknown event type " + name));
    }

    private static Target target(GenericRecord body) {
        String kind = required(body, "targetKind");
        return Target.Kind.ofWireName(kind)
                .map(known -> new Target(known, required(body, "targetId")))
                .orElseThrow(() -> new IllegalArgumentException("unknown target kind " + kind));
    }

    private static Value value(GenericRecord body) {
        Double number = (Double) body.get("value");
        if (number == null) {
            return Value.NONE;
        }
        return switch (type(body).valueKind()) {
            case NONE -> throw new IllegalArgumentException("a value where the type has none");
            case PERCENT -> new Value.Percent(number);
            case SECONDS -> new Value.Seconds(number);
            case STARS -> new Value.Stars(number);
            case MONEY -> new Value.Money(number, required(body, "currency"));
            case NUMBER ->
                    body.get("currency") == null
                            ? new Value.Numeric(number)
                            : new Value.Money(number, required(body, "currency"));
        };
    }

    private static @Nullable String text(GenericRecord record, String field) {
        Object value = record.get(field);
        return value == null ? null : value.toString();
    }

    private static String required(GenericRecord record, String field) {
        return String.valueOf(record.get(field));
    }

    private static List<String> texts(List<?> values) {
        List<String> texts = new ArrayList<>(values.size());
        values.forEach(value -> texts.add(String.valueOf(value)));
        return texts;
    }

    private static long nanos(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
    }

    private static Instant instant(GenericRecord record, String field) {
        long nanos = (Long) record.get(field);
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
