package dev.freshet.candidate;

import dev.freshet.candidate.FilterNode.ConditionBits;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.query.Filter.Between;
import dev.freshet.query.Filter.Condition;
import dev.freshet.query.Filter.Contains;
import dev.freshet.query.Filter.During;
import dev.freshet.query.Filter.Exists;
import dev.freshet.query.Filter.In;
import dev.freshet.query.Filter.StartsWith;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a filter on one field. A lookup of an item's value finds all that hold: one in
 * the table of equal values; of ranges, one of the period that has the value, since the bounds of
 * all ranges cut the line into periods; of prefixes, one of the greatest prefix that is not above
 * the text, from which the prefixes of that prefix are visited.
 */
final class FieldConditions {
    /** Steps that reading a text as a time counts. */
    private static final int TIME_STEPS = 4;

    /**
     * Most texts whose prefixes and time are remembered. Thousands of items share a few authors,
     * sizes and dates, so a request examines each of these once.
     */
    private static final int MAX_KNOWN = 1 << 10;

    private final Map<Object, long[]> equal = new HashMap<>();
    private final Map<String, long[]> entries = new HashMap<>();
    private final NavigableMap<String, long[]> prefixes = new TreeMap<>();

    /** By the begin of each period. */
    private final NavigableMap<Double, long[]> numbers = new TreeMap<>();

    /** By the begin of each period. */
    private final NavigableMap<Instant, long[]> times = new TreeMap<>();

    /** What prefixes and times say of texts that were examined before. */
    private final Map<String, long[]> known = new HashMap<>();

    /** Null where no condition asks whether there is a value. */
    private long @Nullable [] exists;

    /**
     * Adds a condition.
     *
     * @param number of its bit
     */
    void add(Condition condition, int number) {
        switch (condition) {
            case In(_, var values) -> values.forEach(value -> mark(equal, key(value), number));
            case Contains(_, var values) -> values.forEach(value -> mark(entries, value, number));
            case StartsWith(_, String prefix) -> mark(prefixes, prefix, number);
            case Exists _ -> {
                exists = exists == null ? ConditionBits.none() : exists;
                ConditionBits.mark(exists, number);
            }
            case Between(_, double from, double to) -> addRange(numbers, from, to, number);
            case During(_, Instant from, Instant to) ->
                    addRange(
                            times,
                            Objects.requireNonNullElse(from, Instant.MIN),
                            Objects.requireNonNullElse(to, Instant.MAX),
                            number);
        }
    }

    private static Object key(AttributeValue value) {
        return value instanceof AttributeValue.Text(String text) ? text : value;
    }

    private static <K> void mark(Map<K, long[]> conditions, K key, int number) {
        ConditionBits.mark(conditions.computeIfAbsent(key, _ -> ConditionBits.none()), number);
    }

    private static <K extends Comparable<K>> void addRange(
            NavigableMap<K, long[]> periods, K from, K to, int number) {
        if (from.compareTo(to) < 0) {
            begin(periods, from);
            begin(periods, to);
            periods.subMap(from, to).values().forEach(bits -> ConditionBits.mark(bits, number));
        }
    }

    private static <K> void begin(NavigableMap<K, long[]> periods, K at) {
        Map.Entry<K, long[]> before = periods.floorEntry(at);
        periods.putIfAbsent(at, before == null ? ConditionBits.none() : before.getValue().clone());
    }

    /**
     * Adds the conditions that hold for an attribute.
     *
     * @return the number of lookups
     */
    int look(AttributeValue value, long[] truth) {
        ConditionBits.set(truth, exists);
        return switch (value) {
            case AttributeValue.Text(String text) -> lookAtText(text, truth);
            case AttributeValue.Texts(List<String> texts) -> lookAtEntries(texts, truth);
            case AttributeValue.Numeric number -> {
                if (!equal.isEmpty()) {
                    ConditionBits.set(truth, equal.get(number));
                }
                if (!numbers.isEmpty()) {
                    lookAtPeriod(numbers, number.value(), truth);
                }
                yield 2;
            }
            case AttributeValue.Flag flag -> {
                ConditionBits.set(truth, equal.get(flag));
                yield 1;
            }
        };
    }

    /**
     * Adds the conditions that hold for a text.
     *
     * @param text null for an item without the field
     * @return the number of lookups
     */
    int look(@Nullable String text, long[] truth) {
        if (text == null) {
            return 0;
        }
        ConditionBits.set(truth, exists);
        return (exists == null ? 0 : 1) + lookAtText(text, truth);
    }

    /**
     * Adds the conditions that hold for a list of texts.
     *
     * @param texts empty for an item without the field
     * @return the number of lookups
     */
    int look(List<String> texts, long[] truth) {
        if (texts.isEmpty()) {
            return 0;
        }
        ConditionBits.set(truth, exists);
        return lookAtEntries(texts, truth);
    }

    /**
     * Adds the conditions that hold for a time.
     *
     * @param time null for an item without the field
     * @return the number of lookups
     */
    int look(@Nullable Instant time, long[] truth) {
        if (time == null) {
            return 0;
        }
        ConditionBits.set(truth, exists);
        if (times.isEmpty()) {
            return 0;
        }
        lookAtPeriod(times, time, truth);
        return 1;
    }

    private int lookAtText(String text, long[] truth) {
        int lookups = 0;
        if (!equal.isEmpty()) {
            ConditionBits.set(truth, equal.get(text));
            lookups++;
        }
        if (prefixes.isEmpty() && times.isEmpty()) {
            return lookups;
        }
        lookups++;
        long[] bits = known.get(text);
        if (bits == null) {
            if (known.size() == MAX_KNOWN) {
                return lookups + examine(text, truth);
            }
            bits = ConditionBits.none();
            lookups += examine(text, bits);
            known.put(text, bits);
        }
        ConditionBits.set(truth, bits);
        return lookups;
    }

    /** Adds what prefixes and times say of a text. */
    private int examine(String text, long[] truth) {
        int lookups = lookAtPrefixes(text, truth);
        if (times.isEmpty()) {
            return lookups;
        }
        DateText.read(text).ifPresent(time -> lookAtPeriod(times, time, truth));
        return lookups + TIME_STEPS;
    }

    private int lookAtEntries(List<String> texts, long[] truth) {
        if (entries.isEmpty()) {
            return 0;
        }
        for (String text : texts) {
            ConditionBits.set(truth, entries.get(text));
        }
        return texts.size();
    }

    private static <K> void lookAtPeriod(NavigableMap<K, long[]> periods, K value, long[] truth) {
        Map.Entry<K, long[]> period = periods.floorEntry(value);
        ConditionBits.set(truth, period == null ? null : period.getValue());
    }

    /**
     * Adds the prefixes that a text begins with. All of them begin the greatest one that is not
     * above the text, or are it: whatever lies between a prefix and a text that begins with it
     * begins with it too. So each next one to try is the part that the last tried and the text have
     * in common.
     */
    private int lookAtPrefixes(String value, long[] truth) {
        int lookups = 0;
        Map.Entry<String, long[]> candidate = prefixes.floorEntry(value);
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
