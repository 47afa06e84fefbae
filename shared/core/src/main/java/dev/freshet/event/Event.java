package dev.freshet.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that can stand on the {@code events} stream. */
public sealed interface Event {
    EventHeader header();

    /** The id that it stands under on the stream: its reader's, of an alias the anonymous one. */
    default String partitionKey() {
        return header().user().id();
    }

    /** Returns a copy that resubmits the quarantined record of a position. */
    default Event retrying(ShardPosition quarantined) {
        EventHeader header = header().retrying(quarantined);
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
     * The reader acted on something.
     *
     * @param type any type but {@link EventType#IMPRESSION}
     */
    record Interaction(EventHeader header, EventType type, Target target, Value value)
            implements Event {
        public Interaction {
            if (type == EventType.IMPRESSION) {
                throw new IllegalArgumentException("an impression is an Event.Impression");
            }
        }
    }

    /**
     * A list was shown: one event for the whole of it. Never history.
     *
     * @param itemIds shown, by position, ≤ 100
     */
    record Impression(EventHeader header, @Nullable String placement, List<String> itemIds)
            implements Event {
        /** Most items one impression may tell of. */
        public static final int MAX_ITEMS = 100;

        public Impression {
            itemIds = List.copyOf(itemIds);
            if (itemIds.size() > MAX_ITEMS) {
                throw new IllegalArgumentException(
                        "an impression tells of at most " + MAX_ITEMS + " items");
            }
        }
    }

    /**
     * Undoes an earlier interaction of the same reader: unlike, unhide, refund.
     *
     * @param type the type of the interaction undone
     * @param retracts its event id
     */
    record Retraction(EventHeader header, EventType type, Target target, String retracts)
            implements Event {}

    /**
     * An anonymous visitor turned out to be a known user. Stands on the stream under the anonymous
     * id, so that it takes its turn behind what that visitor did.
     */
    record Alias(EventHeader header, String anonymousId, String userId) implements Event {
        @Override
        public String partitionKey() {
            return anonymousId;
        }

        /** Whether both ids are the same, which is no alias. */
        public boolean isOfItself() {
            return anonymousId.equals(userId);
        }
    }

    /**
     * A person asked to be forgotten. Stands on the stream under the person's id, so that it takes
     * its turn behind what that person did; {@code receivedAt} is the moment of the erasure and
     * {@code eventId} its id.
     *
     * @param erasedId whose basket is to be forgotten: as a rule the id that it stands under. Under
     *     an anonymous id of the same person another record names the user, because only there it
     *     comes behind a merge of the two baskets that is still on its way
     */
    record Erasure(EventHeader header, String erasedId) implements Event {
        /** Whether it stands under the very id that it erases, and not behind an alias of it. */
        public boolean isOwn() {
            return erasedId.equals(partitionKey());
        }
    }
}
