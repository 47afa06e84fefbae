package dev.freshet.candidate;

import dev.freshet.candidate.FilterNode.ConditionBits;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a filter on one field of a text. A lookup of the text finds all that hold: one
 * of the table of equal texts, and where there are prefixes, one of the greatest prefix that is not
 * above the text, from which the prefixes of that prefix are visited.
 */
final class TextConditions {

    /**
     * The conditions that hold for each of the texts that were examined before, at most {@value
     * #MAX} of them. Thousands of items share a few authors, sizes and dates, so a request examines
     * each of these once.
     */
    static final class KnownTexts {
        private static final int MAX = 1 << 10;

        private final Map<String, long[]> known = new HashMap<>();

        /**
         * Adds the conditions that hold for a text.
         *
         * @param examine adds them for a text that is not known, and returns its steps
         * @return the number of steps
         */
        int look(String text, long[] truth, ToIntBiFunction<String, long[]> examine) {
            long[] bits = known.get(text);
            if (bits != null) {
                ConditionBits.set(truth, bits);
                return 1;
            }
            if (known.size() == MAX) {
                return examine.applyAsInt(text, truth);
            }
            long[] fresh = ConditionBits.none();
            int steps = examine.applyAsInt(text, fresh);
            known.put(text, fresh);
            ConditionBits.set(truth, fresh);
            return 1 + steps;
        }
    }

    private final Map<String, long[]> equal = new HashMap<>();
    private final TreeMap<String, long[]> prefixes = new TreeMap<>();
    private final KnownTexts known = new KnownTexts();
    private long @Nullable [] exists;

    void addEqual(String text, int condition) {
        ConditionBits.mark(bits(equal, text), condition);
    }

    void addPrefix(String prefix, int condition) {
        ConditionBits.mark(bits(prefixes, prefix), condition);
    }

    void addExists(int condition) {
        if (exists == null) {
            exists = ConditionBits.none();
        }
        ConditionBits.mark(exists, condition);
    }

    static <K> long[] bits(Map<K, long[]> conditions, K key) {
        return conditions.computeIfAbsent(key, unseen -> ConditionBits.none());
    }

    /**
     * Adds the conditions that hold for a text.
     *
     * @param value null for an item without the field
     * @return the number of lookups
     */
    int look(@Nullable String value, long[] truth) {
        if (value == null) {
            return 0;
        }
        int lookups = 0;
        if (exists != null) {
            ConditionBits.set(truth, exists);
            lookups++;
        }
        if (!equal.isEmpty()) {
            ConditionBits.set(truth, equal.get(value));
            lookups++;
        }
        return prefixes.isEmpty()
                ? lookups
                : lookups + known.look(value, truth, this::lookAtPrefixes);
    }

    /**
     * Adds the prefixes that a text begins with. All of them begin the greatest one that is not
     * above the text, or are it: whatever lies between a prefix and a text that begins with it
     * begins with it too. So each next one to try is the part that the last tried and the text have
     * in common.
     */
    private int lookAtPrefixes(String value, long[] truth) {
        int lookups = 1;
        Entry<String, long[]> candidate = prefixes.floorEntry(value);
        while (candidate != null) {
            String prefix = candidate.getKey();
            if (value.startsWith(prefix)) {
                ConditionBits.set(truth, candidate.getValue());
                candidate = prefixes.lowerEntry(prefix);
            } else {
                candidate = prefixes.floorEntry(common(prefix, value));
            }
            lookups++;
        }
        return lookups;
    }

    private static String common(String one, String other) {
        int length = 0;
        int most = Math.min(one.length(), other.length());
        while (length < most && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }
}
