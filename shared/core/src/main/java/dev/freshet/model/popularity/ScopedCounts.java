package dev.freshet.model.popularity;

import dev.freshet.example.ModelTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@link ScopeCounts} by scope key, countries and devices only: a tag's counts are its items' own.
 * At most {@value #MOST_SCOPES} scopes; when full, the {@value #LEAVING} leave of which least is
 * counted over the last days. A scope of which all is taken back is gone.
 */
public record ScopedCounts(Map<String, ScopeCounts> byScope) {
    public static final int MOST_SCOPES = 256;
    private static final int LEAVING = 16;
    public static final ScopedCounts EMPTY = new ScopedCounts(Map.of());

    @Nullable
    public ScopeCounts of(Scope scope) {
        return byScope.get(scope.key());
    }

    /** In the order of keys, for the snapshot. */
    public TreeMap<String, ScopeCounts> sorted() {
        return new TreeMap<>(byScope);
    }

    public Draft draft() {
        return new Draft(byScope);
    }

    /** The mutable continuation: copies each touched scope once. */
    public static final class Draft {
        private final Map<String, ScopeCounts> base;
        private @Nullable Map<String, ScopeCounts> changed;
        private final Set<String> owned = new HashSet<>();

        private Draft(Map<String, ScopeCounts> base) {
            this.base = base;
        }

        public void add(Scope scope, int item, int time, int sign) {
            String key = scope.key();
            Map<String, ScopeCounts> map = changed();
            ScopeCounts known = map.get(key);
            if (known == null && sign < 0) {
                return;
            }
            if (known == null && map.size() >= MOST_SCOPES) {
                dropQuietest(map, new DecayClock(ModelTime.epochSeconds(time)));
            }
            if (known == null || !owned.contains(key)) {
                known = known == null ? new ScopeCounts() : new ScopeCounts(known);
                map.put(key, known);
                owned.add(key);
            }
            known.add(item, time, sign);
            if (known.size() == 0) {
                map.remove(key);
                owned.remove(key);
            }
        }

        /** For loading. */
        public void restore(String key, ScopeCounts counts) {
            changed().put(key, counts);
        }

        public ScopedCounts peek() {
            return new ScopedCounts(changed == null ? base : changed);
        }

        public ScopedCounts seal() {
            owned.clear();
            return new ScopedCounts(changed == null ? base : new HashMap<>(changed));
        }

        private Map<String, ScopeCounts> changed() {
            if (changed == null) {
                changed = new HashMap<>(base);
            }
            return changed;
        }

        private void dropQuietest(Map<String, ScopeCounts> map, DecayClock now) {
            Map<String, Double> counted = new TreeMap<>();
            map.forEach((key, counts) -> counted.put(key, counts.all(now)));
            counted.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .limit(LEAVING)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(
                            key -> {
                                map.remove(key);
                                owned.remove(key);
                            });
        }
    }
}
