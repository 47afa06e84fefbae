package dev.freshet.model.popularity;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.model.part.CountedEvent;
import dev.freshet.model.part.FoldContext;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import dev.freshet.model.popularity.Windows.ItemCounts;
import dev.freshet.model.popularity.Windows.Window;
import dev.freshet.model.rows.IntIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

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

    private static final int MAX_SECONDS = 86_400;

    public static final Windows EMPTY =
            new Windows(List.of(), Collections.nCopies(LENGTHS.size(), NO_FLOOR), List.of());

    /** The part of the model. */
    public static final ModelPart<Windows> PART =
            new ModelPart<>(7, EMPTY, Draft::new, (bounds, items) -> form(items));

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
            return items.sorted();
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

    /** Returns the form of the windows of time over so many items. */
    public static Form<Windows> form(int items) {
        return Form.of(Windows::write, in -> read(in, items));
    }

    private void write(ByteSink out) {
        floors.forEach(out::zigzag);
        out.varint(kept.size());
        for (Window window : kept) {
            out.varint(window.length().toSeconds());
            out.zigzag(window.start());
            out.varint(window.counts().size());
            window.sorted()
                    .forEach(
                            (scope, counts) -> {
                                out.text(scope);
                                out.varint(counts.size());
                                for (int order : counts.sorted()) {
                                    out.varint(counts.item(order));
                                    out.zigzag(counts.count(order));
                                }
                            });
        }
    }

    private static Windows read(ByteSource in, int size) {
        Draft windows = new Draft(EMPTY);
        for (int length = 0; length < LENGTHS.size(); length++) {
            windows.restoreFloor(length, in.zigzag());
        }
        for (int left = in.count(2 * LENGTHS.size(), 3); left > 0; left--) {
            Duration length = Duration.ofSeconds(in.upTo(MAX_SECONDS));
            MalformedBytesException.unless(
                    LENGTHS.contains(length), "a window has an unknown length");
            long start = in.zigzag();
            Map<String, ItemCounts> counts = new HashMap<>();
            for (int scopes = in.count(MAX_COUNTRIES + 1, 2); scopes > 0; scopes--) {
                String scope = Form.TEXT.read(in);
                ItemCounts of = new ItemCounts();
                for (int items = in.count(MAX_ITEMS, 2); items > 0; items--) {
                    of.add(in.upTo(size - 1), in.zigzag(), MAX_ITEMS);
                }
                if (of.size() > 0) {
                    counts.put(scope, of);
                }
            }
            if (!counts.isEmpty()) {
                windows.restore(new Window(length, start, Map.copyOf(counts)));
            }
        }
        return windows.seal();
    }

    /** The mutable continuation of {@link Windows}; copies each changed count once. */
    public static final class Draft implements PartDraft<Windows> {
        /** Windows shorter than this are not retained when they are dropped. */
        private static final Duration SHORTEST_RETIRED = Duration.ofHours(1);

        private static final class Open {
            private final Window base;
            private final Set<String> owned = new HashSet<>();
            private @Nullable Map<String, ItemCounts> changed;

            private Open(Window base) {
                this.base = base;
            }

            private Window seal() {
                return changed == null
                        ? base
                        : new Window(base.length(), base.start(), Map.copyOf(changed));
            }

            private void count(String scope, int item, int sign, int mostItems) {
                Map<String, ItemCounts> counts = changed == null ? base.counts() : changed;
                ItemCounts known = counts.get(scope);
                if (known == null && (sign < 0 || counts.size() > MAX_COUNTRIES)) {
                    return;
                }
                if (changed == null) {
                    changed = new HashMap<>(base.counts());
                }
                if (known == null || owned.add(scope)) {
                    known = known == null ? new ItemCounts() : new ItemCounts(known);
                    owned.add(scope);
                    changed.put(scope, known);
                }
                known.add(item, sign, mostItems);
                if (known.size() == 0) {
                    changed.remove(scope);
                    owned.remove(scope);
                }
            }

            private boolean isEmpty() {
                return changed == null ? base.counts().isEmpty() : changed.isEmpty();
            }
        }

        private final List<Open> open = new ArrayList<>();
        private final long[] floors = new long[LENGTHS.size()];
        private final List<Window> retired = new ArrayList<>();

        private Draft(Windows from) {
            from.kept().forEach(window -> open.add(new Open(window)));
            for (int at = 0; at < floors.length; at++) {
                floors[at] = from.floors().get(at);
            }
        }

        /** Adds an event to the windows that contain its time, or reverts one. */
        @Override
        public void count(CountedEvent event, int sign, FoldContext model) {
            String country = event.country();
            for (int at = 0; at < floors.length; at++) {
                Open window = window(at, event.epochSeconds(), sign > 0);
                if (window != null) {
                    window.count(Scope.ALL.key(), event.item(), sign, MAX_ITEMS);
                    if (country != null) {
                        window.count(
                                Scope.country(country).key(),
                                event.item(),
                                sign,
                                MAX_ITEMS_PER_COUNTRY);
                    }
                    if (window.isEmpty()) {
                        open.remove(window);
                    }
                }
            }
        }

        /** Adds a window when a snapshot is read. */
        private void restore(Window window) {
            open.add(new Open(window));
        }

        /**
         * Sets a floor when a snapshot is read.
         *
         * @param length index into {@link Windows#LENGTHS}
         */
        private void restoreFloor(int length, long start) {
            floors[length] = start;
        }

        /** Returns the content; a view is empty, since nothing that learns reads it. */
        @Override
        public Windows content(boolean sealed) {
            if (!sealed) {
                return EMPTY;
            }
            List<Window> kept =
                    open.stream()
                            .map(Open::seal)
                            .sorted(
                                    Comparator.comparing(Window::length)
                                            .thenComparingLong(Window::start))
                            .toList();
            int from = Math.max(0, retired.size() - MAX_RETIRED);
            Windows content =
                    new Windows(
                            kept,
                            LongStream.of(floors).boxed().toList(),
                            List.copyOf(retired.subList(from, retired.size())));
            open.clear();
            retired.clear();
            kept.forEach(window -> open.add(new Open(window)));
            return content;
        }

        /**
         * Returns the window that contains a time, opening it if allowed; null for times before the
         * two windows that are kept.
         *
         * @param which index into {@link Windows#LENGTHS}
         */
        private @Nullable Open window(int which, long epochSeconds, boolean mayOpen) {
            Duration length = LENGTHS.get(which);
            long start = Math.floorDiv(epochSeconds, length.toSeconds()) * length.toSeconds();
            Open oldest = null;
            int ofLength = 0;
            for (Open window : open) {
                if (window.base.length().equals(length)) {
                    if (window.base.start() == start) {
                        return window;
                    }
                    ofLength++;
                    if (oldest == null || window.base.start() < oldest.base.start()) {
                        oldest = window;
                    }
                }
            }
            boolean full = ofLength == 2;
            if (!mayOpen || start <= floors[which]) {
                return null;
            }
            if (full && oldest != null && start < oldest.base.start()) {
                floors[which] = start;
                return null;
            }
            if (full && oldest != null) {
                floors[which] = oldest.base.start();
                open.remove(oldest);
                if (length.compareTo(SHORTEST_RETIRED) >= 0) {
                    retired.add(oldest.seal());
                }
            }
            Open opened = new Open(new Window(length, start, Map.of()));
            open.add(opened);
            return opened;
        }
    }
}
