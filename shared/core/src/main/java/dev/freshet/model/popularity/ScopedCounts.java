package dev.freshet.model.popularity;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Form;
import dev.freshet.example.ModelTime;
import dev.freshet.model.part.CountedEvent;
import dev.freshet.model.part.FoldContext;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decayed counts by scope, for countries and devices; the counts of a tag are those of its items.
 * At most {@value #MAX_SCOPES} scopes; when full, the {@value #DROPPED_AT_ONCE} scopes with the
 * lowest counts over the last days are dropped. A scope is removed once all of its events are
 * reverted.
 *
 * @param byScope counts by {@link Scope#key}
 */
public record ScopedCounts(Map<String, ScopeCounts> byScope) {
    /** The largest number of scopes. */
    public static final int MAX_SCOPES = 256;

    private static final int DROPPED_AT_ONCE = 16;
    public static final ScopedCounts EMPTY = new ScopedCounts(Map.of());

    /** The part of the model. */
    public static final ModelPart<ScopedCounts> PART =
            new ModelPart<>(4, EMPTY, Draft::new, (bounds, items) -> form(items));

    /** Returns the counts of a scope, or null where it has none. */
    @Nullable
    public ScopeCounts of(Scope scope) {
        return byScope.get(scope.key());
    }

    /** Returns the counts in the order of keys, for a snapshot. */
    public TreeMap<String, ScopeCounts> sorted() {
        return new TreeMap<>(byScope);
    }

    /** Returns the form of the counts by scope over so many items. */
    public static Form<ScopedCounts> form(int items) {
        return Form.of(ScopedCounts::write, in -> read(in, items));
    }

    private void write(ByteSink out) {
        out.varint(byScope.size());
        sorted().forEach(
                        (scope, counts) -> {
                            out.text(scope);
                            out.varint(counts.size());
                            for (int order : counts.sorted()) {
                                out.varint(counts.item(order));
                                for (int which = 0; which < 2; which++) {
                                    Decay.STATE.write(counts.state(order, which), out);
                                }
                                for (int which = 0; which < 4; which++) {
                                    out.zigzag(counts.sum(order, which));
                                }
                            }
                        });
    }

    private static ScopedCounts read(ByteSource in, int size) {
        Draft scoped = new Draft(EMPTY);
        for (int left = in.count(MAX_SCOPES, 3); left > 0; left--) {
            String scope = Form.TEXT.read(in);
            ScopeCounts counts = new ScopeCounts();
            for (int items = in.count(ScopeCounts.MAX_ITEMS, 7); items > 0; items--) {
                int item = in.upTo(size - 1);
                int[] states = {Decay.STATE.read(in), Decay.STATE.read(in)};
                long[] sums = {in.zigzag(), in.zigzag(), in.zigzag(), in.zigzag()};
                counts.restore(item, states, sums);
            }
            scoped.restore(scope, counts);
        }
        return scoped.seal();
    }

    /** The mutable continuation of {@link ScopedCounts}; copies each changed scope once. */
    public static final class Draft implements PartDraft<ScopedCounts> {
        private final Map<String, ScopeCounts> base;
        private @Nullable Map<String, ScopeCounts> changed;
        private final Set<String> owned = new HashSet<>();

        private Draft(ScopedCounts from) {
            base = from.byScope;
        }

        @Override
        public void count(CountedEvent event, int sign, FoldContext model) {
            String country = event.country();
            String device = event.device();
            if (country != null) {
                add(Scope.country(country), event.item(), event.time(), sign);
            }
            if (device != null) {
                add(Scope.device(device), event.item(), event.time(), sign);
            }
        }

        /**
         * Adds an event to an item's counts within a scope, or reverts one.
         *
         * @param time a {@link ModelTime}
         * @param sign +1 to add an event, −1 to revert one that was added
         */
        public void add(Scope scope, int item, int time, int sign) {
            String key = scope.key();
            Map<String, ScopeCounts> map = changed();
            ScopeCounts known = map.get(key);
            if (known == null && sign < 0) {
                return;
            }
            if (known == null && map.size() >= MAX_SCOPES) {
                dropLowest(map, new Decay.Clock(ModelTime.epochSeconds(time)));
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

        /** Sets the counts of a scope when a snapshot is read. */
        private void restore(String key, ScopeCounts counts) {
            changed().put(key, counts);
        }

        @Override
        public ScopedCounts content(boolean sealed) {
            if (sealed) {
                owned.clear();
            }
            Map<String, ScopeCounts> content = changed == null ? base : changed;
            return new ScopedCounts(sealed && changed != null ? new HashMap<>(content) : content);
        }

        private Map<String, ScopeCounts> changed() {
            if (changed == null) {
                changed = new HashMap<>(base);
            }
            return changed;
        }

        private void dropLowest(Map<String, ScopeCounts> map, Decay.Clock now) {
            Map<String, Double> counted = new TreeMap<>();
            map.forEach((key, counts) -> counted.put(key, counts.all(now)));
            counted.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .limit(DROPPED_AT_ONCE)
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
