package dev.freshet.event;

import static dev.freshet.check.Check.require;

import dev.freshet.access.ExposureToken;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record of the {@code events} stream. */
public sealed interface Event {
    EventHeader header();

    /** The partition key on the stream: the id of the user, or the anonymous id of an alias. */
    default String partitionKey() {
        return header().user().id();
    }

    /** Returns a copy that resubmits the quarantined record of a position. */
    default Event retrying(ShardPosition quarantined) {
        return with(header().retrying(quarantined));
    }

    /** Returns a copy that refers to no list. */
    default Event withoutExposure() {
        return with(header().withoutExposure());
    }

    private Event with(EventHeader header) {
        return switch (this) {
            case Interaction(var h, EventType type, Target target, Value value) ->
                    new Interaction(header, type, target, value);
            case Impression(var h, String placement, List<String> itemIds) ->
                    new Impression(header, placement, itemIds);
            case Retraction(var h, EventType type, Target target, String retracts) ->
                    new Retraction(header, type, target, retracts);
            case Alias(var h, String anonymousId, String userId) ->
                    new Alias(header, anonymousId, userId);
            case Erasure(var h, String erasedId) -> new Erasure(header, erasedId);
        };
    }

    /**
     * An interaction of a user with a target.
     *
     * @param type any type but {@link EventType#IMPRESSION}
     */
    record Interaction(EventHeader header, EventType type, Target target, Value value)
            implements Event {
        public Interaction {
            require(type != EventType.IMPRESSION, "an impression is an Event.Impression");
        }

        /** Returns a copy without its value. */
        public Interaction withoutValue() {
            return new Interaction(header, type, target, Value.NONE);
        }
    }

    /**
     * A list that was shown to a user. It is one event for the whole list and is not part of the
     * user's history.
     *
     * @param itemIds the items in the order shown, ≤ 100
     */
    record Impression(EventHeader header, @Nullable String placement, List<String> itemIds)
            implements Event {
        /**
         * What the lists of placements that are not told apart are summed as: the name of no
         * placement.
         */
        public static final Set<String> RESERVED_PLACEMENTS = Set.of("others", "(others)");

        /** The largest number of items of an impression. */
        public static final int MAX_ITEMS = ExposureToken.MAX_ITEMS;

        public Impression {
            itemIds = List.copyOf(itemIds);
            require(
                    itemIds.size() <= MAX_ITEMS,
                    "an impression tells of at most " + MAX_ITEMS + " items");
        }
    }

    /**
     * An event that undoes an earlier interaction of the user, as an unlike, unhide or refund does.
     *
     * @param type the type of the interaction undone
     * @param retracts the event id of the interaction undone
     */
    record Retraction(EventHeader header, EventType type, Target target, String retracts)
            implements Event {}

    /**
     * A statement that an anonymous id belongs to a user. Its partition key is the anonymous id, so
     * that it is processed after the events that were sent under that id before.
     */
    record Alias(EventHeader header, String anonymousId, String userId) implements Event {
        @Override
        public String partitionKey() {
            return anonymousId;
        }

        /** Whether both ids are equal, in which case the record has no effect. */
        public boolean isOfItself() {
            return anonymousId.equals(userId);
        }
    }

    /**
     * A request to erase a person. Its partition key is an id of the person, so that it is
     * processed after the events that were sent under that id before. {@code receivedAt} is the
     * time of the erasure and {@code eventId} its id.
     *
     * @param erasedId the id whose basket is removed, which in most records is the partition key. A
     *     further record under an anonymous id of the person names the user, because on that key
     *     alone it is processed after a pending merge of the two baskets
     */
    record Erasure(EventHeader header, String erasedId) implements Event {
        /** Whether the partition key is the erased id itself, not an alias of it. */
        public boolean isOwn() {
            return erasedId.equals(partitionKey());
        }
    }
}
