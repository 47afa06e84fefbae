package dev.freshet.features;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.Interactions.Put;
import org.jspecify.annotations.Nullable;

/**
 * What came of putting an event's row.
 *
 * @param outcome {@link EventOutcome#STORED}, {@link EventOutcome#REDELIVERED} or {@link
 *     EventOutcome#DUPLICATE}
 * @param since since which record the row has stood: this one, or the quarantined one whose row it
 *     took over
 */
record RowPut(EventOutcome outcome, ShardPosition since) {
    /**
     * Puts the row if absent, or in place of that of the record which this one brings back: one
     * write, and another for such a record.
     */
    static RowPut of(
            Interactions interactions, StoredInteraction row, @Nullable ShardPosition retryOf) {
        Put put = interactions.putIfAbsent(row, null);
        if (put == Put.OTHERS
                && retryOf != null
                && interactions.putIfAbsent(row, retryOf) != Put.OTHERS) {
            return new RowPut(EventOutcome.STORED, retryOf);
        }
        return new RowPut(
                switch (put) {
                    case STORED -> EventOutcome.STORED;
                    case OWN -> EventOutcome.REDELIVERED;
                    case OTHERS -> EventOutcome.DUPLICATE;
                },
                row.owner());
    }

    boolean isDuplicate() {
        return outcome == EventOutcome.DUPLICATE;
    }
}
