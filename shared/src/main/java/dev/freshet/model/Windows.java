package dev.freshet.model;

import dev.freshet.model.rows.IntIndex;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Undecayed counts of the present window of event time and the one before, per length, in all and
 * per country. Later arrivals still count in the window before; what comes later than that is not
 * in the history of trends.
 *
 * @param kept per length of {@link #LENGTHS}, the window before and the present one
 * @param retired hours and days that went by within the last batch, so that a batch from the past
 *     leaves its history too; the {@value #MOST_RETIRED} latest; not part of the state
 */
record Windows(List<Window> kept, List<Window> retired) {
    static final List<Duration> LENGTHS =
            List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1));
    static final int MOST_ITEMS = 20_000;
    static final int MOST_ITEMS_PER_COUNTRY = 1_000;
    static final int MOST_COUNTRIES = 64;
    static final int MOST_RETIRED = 8;
    static final Windows EMPTY = new Windows(List.of(), List.of());

    /**
     * One window.
     *
     * @param start in epoch seconds, a multiple of the length
     * @param counts by scope key: {@code all} and countries
     */
    record Window(Duration length, long start, Map<String, ItemCounts> counts) {
        long end() {
            return start + length.toSeconds();
        }

        TreeMap<String, ItemCounts> sorted() {
            return new TreeMap<>(counts);
        }
    }

    /**
     * Counts by item, in the order of first counting; changed only by the draft that made or copied
     * it.
     */
    static final class ItemCounts {
        private final IntIndex items;
        private long[] counts;

        ItemCounts() {
            items = new IntIndex(16);
            counts = new long[items.capacity()];
        }

        ItemCounts(ItemCounts original) {
            items = new IntIndex(original.items);
            counts = original.counts.clone();
        }

        int size() {
            return items.size();
        }

        int item(int order) {
            return items.key(order);
        }

        long count(int order) {
            return counts[order];
        }

        void add(int item, long amount, int mostItems) {
            if (items.order(item) < 0 && (amount < 0 || items.size() >= mostItems)) {
                return;
            }
            int order = items.orderOrInsert(item);
            if (items.capacity() > counts.length) {
                counts = Arrays.copyOf(counts, items.capacity());
            }
            counts[order] += amount;
        }
    }

    WindowsDraft draft() {
        return new WindowsDraft(this);
    }
}
