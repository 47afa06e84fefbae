package dev.freshet.candidate;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntBiFunction;

/**
 * The conditions that hold for each of the texts that were examined before, at most {@value #MAX}
 * of them. Thousands of items share a few authors, sizes and dates, so a request examines each of
 * these once.
 */
final class KnownTexts {
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
