package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a stack is doing.
 *
 * @param samples the events learned by time, oldest first
 * @param days what became of the lists of all placements, by day, newest first; at most the open
 *     days of the model
 * @param flow what is measured of the flows; null where nothing is
 * @param healthy what was checked; those that are not well first
 */
public record Overview(
        ServedModel model,
        Events events,
        List<LearningPace.Sample> samples,
        List<Day> days,
        MostRead mostRead,
        @Nullable FlowReport flow,
        List<HealthCheck> healthy) {
    /**
     * The model that answered.
     *
     * @param madeAt when this version was made; null before the first one
     * @param newestEvent the latest event time that the model has learned; null likewise
     * @param items the number of items that the model knows
     * @param beyondBounds items and events that did not fit into the model since it began
     */
    public record ServedModel(
            long version,
            @Nullable Instant madeAt,
            @Nullable Instant newestEvent,
            int items,
            long beyondBounds) {}

    /**
     * The events learned since the model began.
     *
     * @param byType by the name of their type
     * @param perMinute to a tenth; null until this process has been asked long enough to know
     */
    public record Events(long total, SortedMap<String, Long> byType, @Nullable Double perMinute) {
        public Events {
            byType = Collections.unmodifiableSortedMap(new TreeMap<>(byType));
        }
    }

    /** What became of the lists of one day. */
    public record Day(
            LocalDate day,
            long lists,
            long listsClicked,
            long clicks,
            long conversions,
            long unseenClicks) {}

    /**
     * The items with the most users in an hour of event time.
     *
     * @param hourFrom its begin; null before the first event
     */
    public record MostRead(@Nullable Instant hourFrom, List<ReadItem> items) {
        public MostRead {
            items = List.copyOf(items);
        }
    }

    /**
     * An item and the users who took it.
     *
     * @param title as in the catalogue; may be empty, which is left out of JSON
     * @param users in the window
     * @param usersBefore in the window before
     */
    public record ReadItem(
            String itemId,
            @JsonInclude(Include.NON_EMPTY) String title,
            long users,
            long usersBefore) {}

    public Overview {
        samples = List.copyOf(samples);
        days = List.copyOf(days);
        healthy = List.copyOf(healthy);
    }
}
