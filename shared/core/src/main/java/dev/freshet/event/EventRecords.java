package dev.freshet.event;

import dev.freshet.access.SealedExposure;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType.ValueKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Conversion between events and generic Avro records of one schema. Each field is named once: the
 * same method puts it into a record and reads it from one.
 */
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
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            if (field.hasDefaultValue()) {
                record.put(field.name(), GenericData.get().getDefaultValue(field));
            }
        }
        GenericRecord body = new GenericData.Record(bodies.get(event.getClass().getSimpleName()));
        body(header(new Fields<>(record, event.header())), body, event);
        record.put("body", body);
        return record;
    }

    Event toEvent(GenericRecord record) {
        return body(header(new Fields<>(record, null)), (GenericRecord) record.get("body"), null);
    }

    private EventHeader header(Fields<EventHeader> fields) {
        return new EventHeader(
                fields.required("eventId", EventHeader::eventId),
                new UserIdentity(
                        fields.text("userId", header -> header.user().userId()),
                        fields.text("anonymousId", header -> header.user().anonymousId())),
                fields.text("sessionId", EventHeader::sessionId),
                new EventTimes(
                        fields.instant("occurredAt", EventHeader::occurredAt),
                        fields.instant("correctedAt", EventHeader::correctedAt),
                        fields.instant("receivedAt", EventHeader::receivedAt)),
                fields.parsed(
                        "exposure",
                        text -> SealedExposure.reopen(text).orElse(null),
                        EventHeader::exposure),
                context(fields.part("context", context, EventHeader::context)),
                consent(fields.part("consent", consent, EventHeader::consent)),
                fields.texts("properties", EventHeader::properties),
                fields.parsed("retryOf", ShardPosition::parse, EventHeader::retryOf),
                fields.parsed("trace", TraceId::new, EventHeader::trace));
    }

    private static Context context(@Nullable Fields<Context> fields) {
        return fields == null
                ? Context.UNKNOWN
                : Context.of(
                        text -> fields.text(text.wireName(), text::of),
                        (Integer) fields.field("localHour", Context::localHour));
    }

    private static @Nullable Consent consent(@Nullable Fields<Consent> fields) {
        return fields == null
                ? null
                : new Consent(
                        Boolean.TRUE.equals(
                                fields.field("personalisation", Consent::personalisation)),
                        Boolean.TRUE.equals(fields.field("analytics", Consent::analytics)));
    }

    /** Puts an event into a record of its kind, or reads it where the event is null. */
    private static Event body(EventHeader header, GenericRecord body, @Nullable Event event) {
        return switch (body.getSchema().getName()) {
            case "Interaction" -> {
                Fields<Event.Interaction> fields = new Fields<>(body, (Event.Interaction) event);
                EventType type = type(fields, Event.Interaction::type);
                Target target = target(fields, Event.Interaction::target);
                yield new Event.Interaction(header, type, target, value(type, fields));
            }
            case "Impression" -> {
                Fields<Event.Impression> fields = new Fields<>(body, (Event.Impression) event);
                yield new Event.Impression(
                        header,
                        fields.text("placement", Event.Impression::placement),
                        fields.list("itemIds", Event.Impression::itemIds));
            }
            case "Retraction" -> {
                Fields<Event.Retraction> fields = new Fields<>(body, (Event.Retraction) event);
                yield new Event.Retraction(
                        header,
                        type(fields, Event.Retraction::type),
                        target(fields, Event.Retraction::target),
                        fields.required("retracts", Event.Retraction::retracts));
            }
            case "Alias" -> {
                Fields<Event.Alias> fields = new Fields<>(body, (Event.Alias) event);
                yield new Event.Alias(
                        header,
                        fields.required("anonymousId", Event.Alias::anonymousId),
                        fields.required("userId", Event.Alias::userId));
            }
            case "Erasure" -> {
                Fields<Event.Erasure> fields = new Fields<>(body, (Event.Erasure) event);
                yield new Event.Erasure(
                        header, fields.required("erasedId", Event.Erasure::erasedId));
            }
            default -> throw new IllegalArgumentException("unknown kind of event");
        };
    }

    private static <E> EventType type(Fields<E> fields, Function<E, EventType> type) {
        String name = fields.required("type", event -> type.apply(event).wireName());
        return EventType.ofWireName(name)
                .orElseThrow(() -> new IllegalArgumentException("unknown event type " + name));
    }

    private static <E> Target target(Fields<E> fields, Function<E, Target> target) {
        String kind = fields.required("targetKind", event -> target.apply(event).kind().wireName());
        String id = fields.required("targetId", event -> target.apply(event).id());
        return Target.Kind.ofWireName(kind)
                .map(known -> new Target(known, id))
                .orElseThrow(() -> new IllegalArgumentException("unknown target kind " + kind));
    }

    private static Value value(EventType type, Fields<Event.Interaction> fields) {
        Double number =
                (Double)
                        fields.field(
                                "value",
                                event ->
                                        event.value().kind() == ValueKind.NONE
                                                ? null
                                                : event.value().number());
        String currency = fields.text("currency", event -> event.value().currency());
        if (number == null) {
            return Value.NONE;
        }
        return switch (type.valueKind()) {
            case NONE -> throw new IllegalArgumentException("a value where the type has none");
            case MONEY -> new Value(ValueKind.MONEY, number, currency);
            case NUMBER ->
                    currency == null
                            ? Value.of(ValueKind.NUMBER, number)
                            : Value.money(number, currency);
            case PERCENT, SECONDS, STARS -> Value.of(type.valueKind(), number);
        };
    }

    /**
     * The fields of a record. Where there is a value, each method first puts the value's field; it
     * always returns what the record has.
     */
    private record Fields<T>(GenericRecord record, @Nullable T value) {
        @Nullable Object field(String name, Function<T, ? extends @Nullable Object> field) {
            if (value != null) {
                record.put(name, field.apply(value));
            }
            return record.get(name);
        }

        @Nullable String text(String name, Function<T, @Nullable String> field) {
            Object text = field(name, field);
            return text == null ? null : text.toString();
        }

        String required(String name, Function<T, String> field) {
            return String.valueOf(field(name, field));
        }

        <F> @Nullable F parsed(
                String name, Function<String, @Nullable F> parser, Function<T, @Nullable F> field) {
            Object text =
                    field(
                            name,
                            value -> {
                                F known = field.apply(value);
                                return known == null ? null : known.toString();
                            });
            return text == null ? null : parser.apply(text.toString());
        }

        Instant instant(String name, Function<T, Instant> field) {
            Object found =
                    field(
                            name,
                            value -> {
                                Instant at = field.apply(value);
                                return Math.addExact(
                                        Math.multiplyExact(at.getEpochSecond(), NANOS),
                                        at.getNano());
                            });
            long nanos = (Long) Objects.requireNonNull(found);
            return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
        }

        List<String> list(String name, Function<T, List<String>> field) {
            List<?> texts = (List<?>) Objects.requireNonNull(field(name, field));
            return texts.stream().map(String::valueOf).toList();
        }

        Map<String, String> texts(String name, Function<T, Map<String, String>> field) {
            Map<String, String> texts = new HashMap<>();
            ((Map<?, ?>) Objects.requireNonNull(field(name, field)))
                    .forEach((key, text) -> texts.put(key.toString(), text.toString()));
            return texts;
        }

        /** Returns the fields of a record within the record; null where there is none. */
        <F> @Nullable Fields<F> part(String name, Schema schema, Function<T, @Nullable F> field) {
            F part = value == null ? null : field.apply(value);
            if (value != null) {
                record.put(name, part == null ? null : new GenericData.Record(schema));
            }
            return record.get(name) instanceof GenericRecord found
                    ? new Fields<>(found, part)
                    : null;
        }
    }
}
