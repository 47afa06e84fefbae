package dev.freshet.candidate;

import dev.freshet.candidate.FilterNode.ConditionBits;
import dev.freshet.candidate.TextConditions.KnownTexts;
import dev.freshet.catalog.AttributeValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conditions of a filter on one attribute of items, by the type of its value. */
final class AttributeConditions {
    /** Steps that reading a text as a time counts. */
    private static final int TIME_STEPS = 4;

    private final TextConditions texts = new TextConditions();
    private final Map<AttributeValue, long[]> others = new HashMap<>();
    private final Map<String, long[]> entries = new HashMap<>();
    private final RangeConditions<Double> numbers =
            new RangeConditions<>(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    private final RangeConditions<Instant> times = new RangeConditions<>(Instant.MIN, Instant.MAX);
    private final KnownTexts dates = new KnownTexts();
    private long @Nullable [] exists;

    void addEqual(AttributeValue value, int condition) {
        switch (value) {
            case AttributeValue.Text(String text) -> texts.addEqual(text, condition);
            case AttributeValue.Numeric _, AttributeValue.Flag _ ->
                    ConditionBits.mark(TextConditions.bits(others, value), condition);
            case AttributeValue.Texts _ -> {}
        }
    }

    void addPrefix(String prefix, int condition) {
        texts.addPrefix(prefix, condition);
    }

    void addContains(Set<String> values, int condition) {
        values.forEach(value -> ConditionBits.mark(TextConditions.bits(entries, value), condition));
    }

    void addBetween(double from, double to, int condition) {
        numbers.add(from, to, condition);
    }

    void addDuring(@Nullable Instant from, @Nullable Instant to, int condition) {
        times.add(from, to, condition);
    }

    void addExists(int condition) {
        if (exists == null) {
            exists = ConditionBits.none();
        }
        ConditionBits.mark(exists, condition);
    }

    /**
     * Adds the conditions that hold for a value.
     *
     * @return the number of lookups
     */
    int look(AttributeValue value, long[] truth) {
        ConditionBits.set(truth, exists);
        return switch (value) {
            case AttributeValue.Text(String text) ->
                    texts.look(text, truth) + lookAtTime(text, truth);
            case AttributeValue.Numeric number -> {
                if (!others.isEmpty()) {
                    ConditionBits.set(truth, others.get(number));
                }
                if (!numbers.isEmpty()) {
                    numbers.look(number.value(), truth);
                }
                yield 2;
            }
            case AttributeValue.Flag flag -> {
                ConditionBits.set(truth, others.get(flag));
                yield 1;
            }
            case AttributeValue.Texts(List<String> held) -> {
                if (entries.isEmpty()) {
                    yield 0;
                }
                held.forEach(entry -> ConditionBits.set(truth, entries.get(entry)));
                yield held.size();
            }
        };
    }

    private int lookAtTime(String text, long[] truth) {
        return times.isEmpty() ? 0 : dates.look(text, truth, this::readTime);
    }

    private int readTime(String text, long[] truth) {
        DateText.read(text).ifPresent(time -> times.look(time, truth));
        return TIME_STEPS;
    }
}
