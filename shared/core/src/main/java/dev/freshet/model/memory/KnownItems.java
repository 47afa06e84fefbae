package dev.freshet.model.memory;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The items that a file has room for, numbered in the order of their ids, with the number of people
 * who took each: of more than {@link NeighboursFile#MAX_ITEMS} those of the most people.
 */
public final class KnownItems implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] ids;
    private final int[] holders;
    private final HashMap<String, Integer> numbers = new HashMap<>();

    private KnownItems(Map<String, Integer> ordered) {
        ids = ordered.keySet().toArray(new String[0]);
        holders = new int[ids.length];
        for (int number = 0; number < ids.length; number++) {
            numbers.put(ids[number], number);
            holders[number] = Objects.requireNonNull(ordered.get(ids[number]));
        }
    }

    public static KnownItems of(Map<String, Integer> holders) {
        TreeMap<String, Integer> kept = new TreeMap<>();
        holders.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(NeighboursFile.MAX_ITEMS)
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return new KnownItems(kept);
    }

    public int size() {
        return ids.length;
    }

    /** Returns the number of an item, or −1. */
    public int number(String itemId) {
        return numbers.getOrDefault(itemId, -1);
    }

    public String id(int number) {
        return ids[number];
    }

    /** Returns how many people took an item. */
    public int holders(int number) {
        return holders[number];
    }
}
