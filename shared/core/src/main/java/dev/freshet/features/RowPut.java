package dev.freshet.features;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.Interactions.Put;
import org.jspecify.annotations.Nullable;

/**
 * The result of storing an event's row.
 *
 * @param outcome {@link EventOutcome#STORED}, {@link EventOutcome#REDELIVERED} or {@link
 *     EventOutcome#DUPLICATE}
 * @param since position of the record that first stored the row: this one, or the quarantined one
 *     whose row it took over
 */
record RowPut(EventOutcome outcome, ShardPosition since) {
    /**
     * Stores the row if absent, or in place of the row of the record that this one resubmits: one
     * write, and a second one for a resubmitted record.
     */
    static RowPut of(
            Interactions interactions, StoredInteraction row, @Nullable ShardPosition retryOf) {
        Put put = interactions.putIfAbsent(row, null);
        if (put == Put.OTHER_RECORD
                && retryOf != null
                && interactions.putIfAbsent(row, retryOf) != Put.OTHER_RECORD) {
            return new RowPut(EventOutcome.STORED, retryOf);
        }
        return new RowPut(
                switch (put) {
                    case STORED -> EventOutcome.STORED;
                    case SAME_RECORD -> EventOutcome.REDELIVERED;
                    case OTHER_RECORD -> EventOutcome.DUPLICATE;
                },
                row.owner());
    }

    boolean isDuplicate() {
        return outcome == EventOutcome.DUPLICATE;
    }
}
