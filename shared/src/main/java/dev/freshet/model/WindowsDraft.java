package dev.freshet.model;

import dev.freshet.model.Windows.ItemCounts;
import dev.freshet.model.Windows.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mutable continuation of {@link Windows}: copies each touched count once. */
final class WindowsDraft {
    /** Retired windows shorter than this are not worth telling of. */
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
            if (known == null && (sign < 0 || counts.size() > Windows.MOST_COUNTRIES)) {
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
        }
    }

    private final List<Open> open = new ArrayList<>();
    private final List<Window> retired = new ArrayList<>();

    WindowsDraft(Windows from) {
        from.kept().forEach(window -> open.add(new Open(window)));
    }

    void add(int item, long epochSeconds, @Nullable String country, int sign) {
        for (Duration length : Windows.LENGTHS) {
            Open window = window(length, epochSeconds, sign > 0);
            if (window != null) {
                window.count(Scope.ALL.key(), item, sign, Windows.MOST_ITEMS);
                if (country != null) {
                    window.count(
                            Scope.country(country).key(),
                            item,
                            sign,
                            Windows.MOST_ITEMS_PER_COUNTRY);
                }
            }
        }
    }

    /** For loading. */
    void restore(Window window) {
        open.add(new Open(window));
    }

    Windows seal() {
        List<Window> kept =
                open.stream()
                        .map(Open::seal)
                        .sorted(
                                Comparator.comparing(Window::length)
                                        .thenComparingLong(Window::start))
                        .toList();
        int from = Math.max(0, retired.size() - Windows.MOST_RETIRED);
        Windows sealed = new Windows(kept, List.copyOf(retired.subList(from, retired.size())));
        open.clear();
        retired.clear();
        kept.forEach(window -> open.add(new Open(window)));
        return sealed;
    }

    /**
     * The window that holds this moment, opened if it may be; null for what is older than the two
     * kept.
     */
    private @Nullable Open window(Duration length, long epochSeconds, boolean mayOpen) {
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
        if (!mayOpen || (full && oldest != null && start < oldest.base.start())) {
            return null;
        }
        if (full && oldest != null) {
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
