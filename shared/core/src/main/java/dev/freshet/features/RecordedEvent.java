package dev.freshet.features;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.Context;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import java.time.Instant;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stored interaction as the event that {@code POST /v1/events} takes, so that a history can be
 * exported and imported again. Sent in {@link #ORDER}, such events give the same rows and examples:
 * the time is the corrected one, and amounts of money are left out.
 *
 * <p>Not stored, and so not part of the event: amounts of money, properties that are not kept,
 * pages, and the list that an event answers.
 */
public final class RecordedEvent {
    /**
     * The order in which events have to be sent: that of their times of receipt, and of their
     * records where these are equal. In each shard it has to be the order of the records too.
     */
    public static final Comparator<StoredInteraction> ORDER =
            order(StoredInteraction::receivedAt, StoredInteraction::owner);

    private RecordedEvent() {}

    /** Returns {@link #ORDER} for something that stands for a row. */
    public static <T> Comparator<T> order(
            Function<T, Instant> receivedAt, Function<T, ShardPosition> owner) {
        return Comparator.comparing(receivedAt)
                .thenComparing(row -> owner.apply(row).sequence())
                .thenComparing(row -> owner.apply(row).shard());
    }

    /**
     * Returns the event of a row.
     *
     * @param types the types of the stack, which name those of its own
     */
    public static ObjectNode of(StoredInteraction row, EventTypes types) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("eventId", row.eventId())
                        .put("type", types.nameOf(row.type()))
                        .put("userId", row.userId())
                        .put("occurredAt", row.correctedAt().toString());
        if (row.target().kind() != Target.Kind.NONE) {
            json.putObject("target")
                    .put("kind", row.target().kind().wireName())
                    .put("id", row.target().id());
        }
        if (row.retracts() != null) {
            json.put("retracts", row.retracts());
        } else {
            value(json, row, types);
        }
        put(json, "sessionId", row.sessionId());
        if (!row.properties().isEmpty()) {
            ObjectNode properties = json.putObject("properties");
            new TreeMap<>(row.properties()).forEach(properties::put);
        }
        ObjectNode context = context(row.context());
        if (!context.isEmpty()) {
            json.set("context", context);
        }
        return json;
    }

    private static void value(ObjectNode json, StoredInteraction row, EventTypes types) {
        switch (types.valueKind(row.type())) {
            case STARS, SECONDS, PERCENT, NUMBER -> json.put("value", row.value());
            case NONE, MONEY -> {}
        }
    }

    /** Returns the JSON of what is known of the context of a stored event. */
    public static ObjectNode context(Context context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Context.Text.STORED.forEach(text -> put(json, text.wireName(), text.of(context)));
        if (context.localHour() != null) {
            json.put("localHour", context.localHour());
        }
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
