package dev.freshet.insight;

import dev.freshet.insight.OutcomeQuery.Dimension;
import dev.freshet.model.outcome.OutcomeSums;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a question for outcomes.
 *
 * @param rows in the order of their day or hour, placement, arm, source and position
 * @param unseenClicks clicks on lists whose impression has not arrived, of the same placements and
 *     arms: high numbers tell that impressions are lost
 * @param unattributed what belongs to no known list, of the same days
 * @param modelVersion the version of the model that answered
 * @param asOf the latest event time that the model has learned
 * @param withheld whether days of segments were left out, on which too few people were among them
 * @param hoursFrom the oldest hour that is kept, where the rows are of hours and there is one; else
 *     null
 */
public record OutcomeReport(
        OutcomeQuery query,
        List<Row> rows,
        long unseenClicks,
        OutcomeSums unattributed,
        long modelVersion,
        Instant asOf,
        boolean withheld,
        @Nullable Instant hoursFrom) {
    public OutcomeReport {
        rows = List.copyOf(rows);
    }

    /**
     * A row of the answer. What the question does not break down by is null.
     *
     * @param hour the begin of an hour in UTC
     * @param segment of users, whose lists are of every placement
     * @param source the index of a source, whose places, clicks and conversions alone are known
     * @param position in lists, from 0, of which the same are known
     * @param sums of a source or position, the buckets are of places and clicks on them
     * @param isFinal whether the days of the row can change no more
     */
    public record Row(
            @Nullable LocalDate day,
            @Nullable Instant hour,
            @Nullable String placement,
            @Nullable String arm,
            @Nullable NamedSegment segment,
            @Nullable Integer source,
            @Nullable Integer position,
            OutcomeSums sums,
            boolean isFinal) {
        /** Returns whether only places, clicks and conversions of this row are known. */
        public boolean isPart() {
            return source != null || position != null;
        }
    }

    /**
     * A segment of users.
     *
     * @param name null where the segment is there no more
     */
    public record NamedSegment(String id, @Nullable String name) {}

    /** Returns whether the rows are of sources, of which an item can have several. */
    public boolean isBySource() {
        return query.by().contains(Dimension.SOURCE);
    }
}
