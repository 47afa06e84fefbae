package dev.freshet.testkit.memory;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.Quarantine;
import dev.freshet.features.Quarantine.QuarantineReasons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/** A quarantine in memory. */
public final class MemoryQuarantine implements Quarantine, QuarantineReasons {
    private final Map<ShardPosition, Entry> entries = new LinkedHashMap<>();
    private final Map<ShardPosition, Settlement> settled = new HashMap<>();

    @Override
    public synchronized void put(Entry entry) {
        if (!settled.containsKey(entry.position())) {
            entries.put(entry.position(), entry);
        }
    }

    @Override
    public void forEachOpen(Predicate<Entry> more) {
        for (Entry entry : entries()) {
            if (!more.test(entry)) {
                return;
            }
        }
    }

    @Override
    public synchronized Optional<Settlement> settlement(ShardPosition position) {
        return Optional.ofNullable(settled.get(position));
    }

    @Override
    public synchronized void settle(Entry entry, Settling how, Instant at) {
        settled.putIfAbsent(entry.position(), new Settlement(how, at));
        entries.remove(entry.position());
    }

    @Override
    public synchronized Erased erase(
            Function<Entry, Optional<Entry>> left, BooleanSupplier goOn, Instant at) {
        int removed = 0;
        int changed = 0;
        for (Entry entry : entries()) {
            if (!goOn.getAsBoolean()) {
                return new Erased(removed, changed, false);
            }
            Optional<Entry> rest = left.apply(entry);
            if (rest.isEmpty()) {
                settle(entry, Settling.ERASED, at);
                removed++;
            } else if (!rest.get().hasSamePayload(entry)) {
                entries.put(entry.position(), rest.get());
                changed++;
            }
        }
        return new Erased(removed, changed, true);
    }

    @Override
    public Counts count() {
        TreeMap<String, Count> counts = new TreeMap<>();
        for (Entry entry : entries()) {
            String code = QuarantineReasons.code(entry.reason());
            counts.merge(
                    code,
                    new Count(code, 1, entry.at()),
                    (one, other) ->
                            new Count(
                                    code,
                                    one.count() + 1,
                                    one.oldest().isBefore(other.oldest())
                                            ? one.oldest()
                                            : other.oldest()));
        }
        return new Counts(List.copyOf(counts.values()), true);
    }

    /** Returns the open entry of this position, if there is one. */
    public synchronized Optional<Entry> get(ShardPosition position) {
        return Optional.ofNullable(entries.get(position));
    }

    /** Returns all open entries, by position. */
    public synchronized List<Entry> entries() {
        List<Entry> all = new ArrayList<>(entries.values());
        all.sort(Comparator.comparing(Entry::position));
        return all;
    }
}
