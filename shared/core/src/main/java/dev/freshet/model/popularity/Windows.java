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
 * Undecayed counts of the present window of event time and the one before, per length, in all and
 * per country. Later arrivals still count in the window before; what comes later than that is not
 * in the history of trends.
 *
 * @param kept per length of {@link #LENGTHS}, the window before and the present one
 * @param floors per length of {@link #LENGTHS}, the start of the latest window that left or was not
 *     opened for want of room; none is opened from there back; {@link #NO_FLOOR} before
 * @param retired hours and days that went by within the last batch, so that a batch from the past
 *     leaves its history too; the {@value #MOST_RETIRED} latest; not part of the state
 */
public record Windows(List<Window> kept, List<Long> floors, List<Window> retired) {
    public static final List<Duration> LENGTHS =
            List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1));
    public static final int MOST_ITEMS = 20_000;
    static final int MOST_ITEMS_PER_COUNTRY = 1_000;
    public static final int MOST_COUNTRIES = 64;
    public static final int MOST_RETIRED = 8;
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

        /** Whether it is the same stretch of time. */
        public boolean isSame(Window other) {
            return start == other.start && length.equals(other.length);
        }

        public TreeMap<String, ItemCounts> sorted() {
            return new TreeMap<>(counts);
        }
    }

    /**
     * Counts by item, each above zero; changed only by the draft that made or copied it. Nothing
     * depends on the order of items within.
     */
    public static final class ItemCounts {
        private final IntIndex items;
        private long[] counts;

        public ItemCounts() {
            items = new IntIndex(16);
            counts = new long[items.capacity()];
        }

        public ItemCounts(ItemCounts original) {
            items = new IntIndex(original.items);
            counts = original.counts.clone();
        }

        public int size() {
            return items.size();
        }

        public int item(int order) {
            return items.key(order);
        }

        public long count(int order) {
            return counts[order];
        }

        /** Where items stand, by item ascending. */
        public int[] sorted() {
            return IntStream.range(0, items.size())
                    .boxed()
                    .sorted(Comparator.comparingInt(items::key))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

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

    public WindowsDraft draft() {
        return new WindowsDraft(this);
    }
}
