package dev.freshet.model.popularity;

import dev.freshet.model.popularity.Windows.ItemCounts;
import dev.freshet.model.popularity.Windows.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The mutable continuation of {@link Windows}; copies each changed count once. */
public final class WindowsDraft {
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
            if (known == null && (sign < 0 || counts.size() > Windows.MAX_COUNTRIES)) {
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
    private final long[] floors = new long[Windows.LENGTHS.size()];
    private final List<Window> retired = new ArrayList<>();

    WindowsDraft(Windows from) {
        from.kept().forEach(window -> open.add(new Open(window)));
        for (int at = 0; at < floors.length; at++) {
            floors[at] = from.floors().get(at);
        }
    }

    /**
     * Adds an event to the windows that contain its time, or reverts one.
     *
     * @param country ISO 3166-1 alpha-2, or null where it is unknown
     * @param sign +1 to add an event, −1 to revert one that was added
     */
    public void add(int item, long epochSeconds, @Nullable String country, int sign) {
        for (int at = 0; at < floors.length; at++) {
            Open window = window(at, epochSeconds, sign > 0);
            if (window != null) {
                window.count(Scope.ALL.key(), item, sign, Windows.MAX_ITEMS);
                if (country != null) {
                    window.count(
                            Scope.country(country).key(),
                            item,
                            sign,
                            Windows.MAX_ITEMS_PER_COUNTRY);
                }
                if (window.isEmpty()) {
                    open.remove(window);
                }
            }
        }
    }

    /** Adds a window when a snapshot is read. */
    public void restore(Window window) {
        open.add(new Open(window));
    }

    /**
     * Sets a floor when a snapshot is read.
     *
     * @param length index into {@link Windows#LENGTHS}
     */
    public void restoreFloor(int length, long start) {
        floors[length] = start;
    }

    /** Returns the content as an immutable value; this draft can be continued. */
    public Windows seal() {
        List<Window> kept =
                open.stream()
                        .map(Open::seal)
                        .sorted(
                                Comparator.comparing(Window::length)
                                        .thenComparingLong(Window::start))
                        .toList();
        int from = Math.max(0, retired.size() - Windows.MAX_RETIRED);
        Windows sealed =
                new Windows(
                        kept,
                        LongStream.of(floors).boxed().toList(),
                        List.copyOf(retired.subList(from, retired.size())));
        open.clear();
        retired.clear();
        kept.forEach(window -> open.add(new Open(window)));
        return sealed;
    }

    /**
     * Returns the window that contains a time, opening it if allowed; null for times before the two
     * windows that are kept.
     *
     * @param which index into {@link Windows#LENGTHS}
     */
    private @Nullable Open window(int which, long epochSeconds, boolean mayOpen) {
        Duration length = Windows.LENGTHS.get(which);
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
