package dev.freshet.candidate;

import dev.freshet.candidate.FilterNode.ConditionBits;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.json.FieldReader;
import dev.freshet.query.Filter.Between;
import dev.freshet.query.Filter.Condition;
import dev.freshet.query.Filter.Contains;
import dev.freshet.query.Filter.During;
import dev.freshet.query.Filter.Exists;
import dev.freshet.query.Filter.In;
import dev.freshet.query.Filter.StartsWith;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

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

    private static final int DATE_LENGTH = 10;

    /** A date, or a date and time with an offset; what is none costs no exception. */
    private static final Pattern TIME =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}"
                            + "(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))?");

    private final long[] exists = ConditionBits.none();
    private final Map<Object, long[]> equal = new HashMap<>();
    private final Map<String, long[]> entries = new HashMap<>();
    private final NavigableMap<String, long[]> prefixes = new TreeMap<>();

    /** By the begin of each period. */
    private final NavigableMap<Double, long[]> numbers = new TreeMap<>();

    /** By the begin of each period. */
    private final NavigableMap<Instant, long[]> times = new TreeMap<>();

    /** What prefixes and times say of texts that were examined before. */
    private final Map<String, long[]> known = new HashMap<>();

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
            case Exists _ -> ConditionBits.mark(exists, number);
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
     * Adds the conditions that hold for a value.
     *
     * @param value a text, a list of texts, a time, or an attribute of any type
     * @return the number of lookups
     */
    int look(Object value, long[] truth) {
        ConditionBits.set(truth, exists);
        return switch (value) {
            case AttributeValue.Text(String text) -> lookAtText(text, truth);
            case String text -> lookAtText(text, truth);
            case AttributeValue.Texts(List<String> texts) -> lookAtEntries(texts, truth);
            case List<?> texts -> lookAtEntries(texts, truth);
            case AttributeValue.Numeric number -> {
                ConditionBits.set(truth, equal.get(number));
                lookAtPeriod(numbers, number.value(), truth);
                yield 2;
            }
            case Instant time -> {
                lookAtPeriod(times, time, truth);
                yield times.isEmpty() ? 0 : 1;
            }
            default -> {
                ConditionBits.set(truth, equal.get(value));
                yield 1;
            }
        };
    }

    private int lookAtText(String text, long[] truth) {
        ConditionBits.set(truth, equal.get(text));
        int lookups = equal.isEmpty() ? 0 : 1;
        if (prefixes.isEmpty() && times.isEmpty()) {
            return lookups;
        }
        long[] bits = known.get(text);
        if (bits == null) {
            bits = ConditionBits.none();
            lookups += lookAtPrefixes(text, bits);
            if (!times.isEmpty()) {
                long[] ofTime = bits;
                time(text).ifPresent(time -> lookAtPeriod(times, time, ofTime));
                lookups += TIME_STEPS;
            }
            if (known.size() < MAX_KNOWN) {
                known.put(text, bits);
            }
        }
        ConditionBits.set(truth, bits);
        return lookups + 1;
    }

    private int lookAtEntries(List<?> texts, long[] truth) {
        if (entries.isEmpty()) {
            return 0;
        }
        texts.forEach(text -> ConditionBits.set(truth, entries.get(text)));
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

    /**
     * Reads a text attribute as a time: {@code 2026-05-01}, which is the beginning of the day in
     * UTC, or a date and time of RFC 3339, {@code 2026-05-01T08:30:00.5+02:00}.
     */
    static Optional<Instant> time(String text) {
        if (!TIME.matcher(text).matches()) {
            return Optional.empty();
        }
        if (text.length() > DATE_LENGTH) {
            return FieldReader.instant(text);
        }
        try {
            return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
