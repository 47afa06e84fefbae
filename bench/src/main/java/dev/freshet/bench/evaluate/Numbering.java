package dev.freshet.bench.evaluate;

import java.util.HashMap;
import java.util.Map;

/** Numbering of names from 0 in the order of first occurrence. */
final class Numbering {
    private final Map<String, Integer> numbers = new HashMap<>();

    int of(String name) {
        Integer known = numbers.putIfAbsent(name, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    int size() {
        return numbers.size();
    }
}
