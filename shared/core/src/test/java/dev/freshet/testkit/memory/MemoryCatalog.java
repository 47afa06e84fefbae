package dev.freshet.testkit.memory;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.store.RetentionPolicy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A catalogue in memory. */
public final class MemoryCatalog implements Catalog {
    private final TreeMap<String, Item> items = new TreeMap<>();
    private final InstantSource clock;

    public MemoryCatalog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Put put(Item item) {
        Optional<Item> known = get(item.itemId());
        if (known.isPresent() && known.get().version() >= item.version()) {
            return Put.refused(item, known.get().version(), known.get().deleted());
        }
        items.put(item.itemId(), item);
        return Put.APPLIED;
    }

    @Override
    public synchronized Optional<Item> get(String itemId) {
        return Optional.ofNullable(items.get(itemId)).filter(item -> !expired(item));
    }

    @Override
    public synchronized boolean replace(Item item, long storedVersion) {
        if (get(item.itemId()).filter(known -> known.version() == storedVersion).isEmpty()) {
            return false;
        }
        items.put(item.itemId(), item);
        return true;
    }

    @Override
    public synchronized Page entries(@Nullable String after, int most) {
        List<Item> rest =
                List.copyOf((after == null ? items : items.tailMap(after, false)).values());
        List<Item> read = rest.subList(0, Math.min(most, rest.size()));
        return new Page(
                read.stream().filter(item -> !expired(item)).toList(),
                read.size() < most ? null : read.getLast().itemId());
    }

    @Override
    public void scan(Consumer<Item> each) {
        List<Item> now;
        synchronized (this) {
            now = items.values().stream().filter(item -> !expired(item)).toList();
        }
        now.forEach(each);
    }

    private boolean expired(Item item) {
        return RowExpiry.passed(
                RowExpiry.expiry(item, RetentionPolicy.DEFAULT).orElse(null), clock.instant());
    }
}
