package dev.freshet.lake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.ListArm;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.EventTypes;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.event.Value;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.ExampleFactory;
import dev.freshet.features.KeptProperties;
import dev.freshet.features.ShownList;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredInteraction;
import dev.freshet.lake.LakeTable.RowKind;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Creates the rows of events. Pages, referrers and properties that the owner does not keep stay on
 * the stream.
 *
 * @param pseudonyms returns the pseudonym of an id
 * @param types names the types of events
 * @param strengths returns the strength of an event by its type and value
 * @param anonymous whether an id was made for a browser and not for a user
 * @param kept the properties of events that are kept, in rows as in the lake
 */
public record LakeRows(
        Function<String, Pseudonym> pseudonyms,
        EventTypes types,
        ToDoubleBiFunction<EventType, Value> strengths,
        Predicate<String> anonymous,
        KeptProperties kept) {
    /**
     * Returns the row of an interaction.
     *
     * @param analytics whether the user consents to analytics; without it the row has neither
     *     properties nor the list that the event refers to
     */
    public LakeRow of(Event.Interaction event, StreamRecord record, boolean analytics) {
        LakeRow row = act(RowKind.INTERACTION, StoredInteraction.of(event, strengths, record));
        value(row, event.value());
        row.set(Column.ANONYMOUS, anonymous.test(record.partitionKey()));
        if (analytics) {
            row.set(Column.PROPERTIES, kept.of(event.header().properties()));
            refer(row, event.header().list(), event.target());
        }
        return row;
    }

    /** Returns the row of a retraction, whose strength is 0. */
    public LakeRow of(Event.Retraction event, StreamRecord record) {
        return act(RowKind.RETRACTION, StoredInteraction.of(event, record))
                .set(Column.RETRACTS, event.retracts());
    }

    /** Returns the row of a list shown, unique as the row of {@code Exposures} is. */
    public LakeRow of(Event.Impression event, StreamRecord record) {
        StoredExposure stored = StoredExposure.of(event, record);
        ShownList list = Objects.requireNonNull(stored.list());
        LakeRow row =
                new LakeRow(RowKind.EXPOSURE, record.position(), stored.receivedAt())
                        .set(Column.PSEUDONYM, pseudonyms.apply(stored.userId()))
                        .set(Column.EVENT_ID, event.header().eventId())
                        .set(Column.RECOMMENDATION_ID, stored.listId())
                        .occurred(stored.issuedAt());
        list(row, list.placement(), list.arms(), list.modelVersion())
                .set(Column.SEGMENT, list.segment())
                .set(Column.CORRECTED_AT, event.header().correctedAt());
        context(row, event.header().context().learned());
        ArrayNode places = row.array(Column.PLACES);
        for (int at = 0; at < list.places().size(); at++) {
            ShownList.Place place = list.places().get(at);
            if (place.seen()) {
                places.addObject()
                        .put("item_id", place.itemId())
                        .put("position", at)
                        .put("propensity", (double) place.propensity())
                        .put("sources", place.sources())
                        .put("drawn", place.drawn())
                        .put("newcomer", place.newcomer());
            }
        }
        return row;
    }

    /** Returns the row of a statement that an anonymous id belongs to a user. */
    public LakeRow of(Event.Alias event, StreamRecord record) {
        return of(RowKind.MERGE, event, record)
                .set(Column.PSEUDONYM, pseudonyms.apply(event.anonymousId()))
                .set(Column.MERGED_INTO, pseudonyms.apply(event.userId()))
                .set(Column.CORRECTED_AT, event.header().correctedAt());
    }

    /** Returns the row of an erasure, which names the person by a digest only. */
    public LakeRow of(Event.Erasure event, StreamRecord record) {
        return of(RowKind.ERASURE, event, record)
                .set(Column.ERASED, LakeRow.digest(pseudonyms.apply(event.erasedId())))
                .set(Column.ERASURE_ID, event.header().eventId())
                .set(Column.ERASED_AT, event.header().receivedAt());
    }

    private static LakeRow of(RowKind kind, Event event, StreamRecord record) {
        return new LakeRow(kind, record.position(), event.header().receivedAt());
    }

    private LakeRow act(RowKind kind, StoredInteraction stored) {
        LakeRow row = new LakeRow(kind, stored.owner(), stored.receivedAt());
        row.set(Column.PSEUDONYM, pseudonyms.apply(stored.userId()))
                .set(Column.EVENT_ID, stored.eventId())
                .occurred(stored.occurredAt())
                .set(Column.CORRECTED_AT, stored.correctedAt())
                .set(Column.TYPE, types.nameOf(stored.type()))
                .set(Column.TARGET_KIND, stored.target().kind().wireName())
                .set(Column.TARGET_ID, stored.target().id())
                .set(Column.STRENGTH, stored.strength())
                .set(Column.SESSION, stored.sessionId());
        return context(row, stored.context());
    }

    private static LakeRow context(LakeRow row, Context context) {
        for (Context.Text text : Context.Text.STORED) {
            row.set(Column.of(text), text.of(context));
        }
        return row.set(Column.LOCAL_HOUR, context.localHour());
    }

    private static void refer(LakeRow row, @Nullable ExposureToken list, Target target) {
        if (list == null) {
            return;
        }
        int position = target.isItem() ? list.positionOf(target.id()) : -1;
        list(row, list.placement(), list.arms(), list.modelVersion())
                .set(Column.RECOMMENDATION_ID, list.recommendationId())
                .set(Column.SEGMENT, list.segment())
                .set(Column.ISSUED_AT, list.issuedAt())
                .set(Column.POSITION, position < 0 ? null : position)
                .set(
                        Column.SOURCES,
                        position < 0 ? null : list.items().get(position - list.first()).sources())
                .set(Column.LISTED, ExampleFactory.listed(list, target));
    }

    private static LakeRow list(
            LakeRow row, String placement, List<ListArm> arms, long modelVersion) {
        return row.set(Column.PLACEMENT, placement)
                .set(Column.ARM, arms.stream().map(ListArm::label).collect(Collectors.joining(",")))
                .set(Column.MODEL_VERSION, modelVersion);
    }

    private static void value(LakeRow row, Value value) {
        if (value.kind() != ValueKind.NONE) {
            row.set(Column.VALUE, value.number());
        }
        if (value.currency() != null) {
            row.set(Column.CURRENCY, value.currency());
        }
    }
}
