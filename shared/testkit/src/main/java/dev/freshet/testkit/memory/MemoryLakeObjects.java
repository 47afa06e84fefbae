package dev.freshet.testkit.memory;

import dev.freshet.lake.LakeObjects;
import java.util.List;
import java.util.TreeMap;

/** Objects beside a lake in memory. */
public final class MemoryLakeObjects implements LakeObjects {
    private final TreeMap<String, byte[]> content = new TreeMap<>();

    @Override
    public synchronized List<String> keys(String prefix, int limit) {
        return content.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized byte[] get(String key) {
        return content.getOrDefault(key, new byte[0]);
    }

    @Override
    public synchronized void put(String key, byte[] bytes) {
        content.put(key, bytes);
    }

    @Override
    public synchronized void delete(String key) {
        content.remove(key);
    }
}
