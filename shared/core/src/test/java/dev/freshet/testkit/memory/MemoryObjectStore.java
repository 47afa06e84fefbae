package dev.freshet.testkit.memory;

import dev.freshet.store.ObjectStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The objects of a bucket in memory. */
public final class MemoryObjectStore implements ObjectStore {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    @Override
    public void put(String key, byte[] bytes) {
        objects.put(key, bytes.clone());
    }

    @Override
    public Optional<byte[]> get(String key, int atMost) {
        byte[] bytes = objects.get(key);
        return bytes == null
                ? Optional.empty()
                : Optional.of(Arrays.copyOf(bytes, (int) Math.min(bytes.length, atMost + 1L)));
    }

    @Override
    public List<String> keys(String prefix, int limit) {
        return objects.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .sorted()
                .limit(limit)
                .toList();
    }

    @Override
    public void remove(String key) {
        objects.remove(key);
    }
}
