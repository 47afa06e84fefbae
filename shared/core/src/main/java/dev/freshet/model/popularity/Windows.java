package dev.freshet.model.popularity;

import dev.freshet.model.rows.IntIndex;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Undecayed counts of the current window of event time and of the previous one, for each length,
 * over all events and by country. Late events are still counted in the previous window; events of
 * earlier windows are not part of the history of trends.
 *
 * @param kept for each length of {@link #LENGTHS}, the previous and the current window
 * @param floors for each length of {@link #LENGTHS}, the start of the latest window that was
 *     dropped, or not opened because both places were taken; no window at or before it is opened;
 *     {@link #NO_FLOOR} if there was none
 * @param retired windows of an hour or a day that were dropped within the last batch, so that a
 *     batch of past events also contributes to the history; the latest {@value #MAX_RETIRED}; not
 *     part of the stored state
 */
public record Windows(List<Window> kept, List<Long> floors, List<Window> retired) {
    /** The lengths of windows. */
    public static final List<Duration> LENGTHS =
            List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1));

    /** The largest number of items in a window over all events. */
    public static final int MAX_ITEMS = 20_000;

    /** The largest number of items in a window of one country. */
    static final int MAX_ITEMS_PER_COUNTRY = 1_000;

    /** The largest number of countries in a window. */
    public static final int MAX_COUNTRIES = 64;

    /** The largest number of retired windows. */
    public static final int MAX_RETIRED = 8;

    /** The floor of a length of which no window has been dropped. */
    public static final long NO_FLOOR = Long.MIN_VALUE;

    public static final Windows EMPTY =
            new Windows(List.of(), Collections.nCopies(LENGTHS.size(), NO_FLOOR), List.of());

    /**
     * One window.
     *
     * @param start in epoch seconds, a multiple of the length
     * @param counts by scope key: {@code all} and countries
     */
    public record Window(Duration length, long start, Map<String, ItemCounts> counts) {
        long end() {
            return start + length.toSeconds();
        }

        /** Returns whether the other window covers the same period. */
        public boolean isSame(Window other) {
            return start == other.start && length.equals(other.length);
        }

        /** Returns the counts in the order of scope keys. */
        public TreeMap<String, ItemCounts> sorted() {
            return new TreeMap<>(counts);
        }
    }

    /**
     * Counts by item, each above zero. Modified only by the draft that created or copied it. No
     * result depends on the internal order of items.
     */
    public static final class ItemCounts {
        private final IntIndex items;
        private long[] counts;

        /** Creates empty counts. */
        public ItemCounts() {
            items = new IntIndex(16);
            counts = new long[items.capacity()];
        }

        /** Creates an independent copy. */
        public ItemCounts(ItemCounts original) {
            items = new IntIndex(original.items);
            counts = original.counts.clone();
        }

        /** Returns the number of items. */
        public int size() {
            return items.size();
        }

        /** Returns the item at an internal position. */
        public int item(int order) {
            return items.key(order);
        }

        /** Returns the count at an internal position. */
        public long count(int order) {
            return counts[order];
        }

        /** Returns the internal positions, by item ascending. */
        public int[] sorted() {
            return IntStream.range(0, items.size())
                    .boxed()
                    .sorted(Comparator.comparingInt(items::key))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        /**
         * Adds to an item's count, and removes the item when the count is no longer positive. A new
         * item beyond {@code mostItems} is ignored.
         */
        public void add(int item, long amount, int mostItems) {
            if (items.order(item) < 0 && (amount <= 0 || items.size() >= mostItems)) {
                return;
            }
            int order = items.orderOrInsert(item);
            if (items.capacity() > counts.length) {
                counts = Arrays.copyOf(counts, items.capacity());
            }
            counts[order] += amount;
            if (counts[order] <= 0) {
                items.remove(item);
                counts[order] = counts[items.size()];
                counts[items.size()] = 0;
            }
        }
    }

    /** Returns a mutable continuation. */
    public WindowsDraft draft() {
        return new WindowsDraft(this);
    }
}
