package dev.freshet.candidate;

import org.jspecify.annotations.Nullable;

/** Sets of conditions of one filter, each with one bit. */
final class ConditionBits {
    private ConditionBits() {}

    static long[] none() {
        return new long[FilterNode.MAX_WORDS];
    }

    static void mark(long[] bits, int condition) {
        bits[condition / Long.SIZE] |= 1L << condition;
    }

    /** Adds conditions to those that hold. */
    static void set(long[] truth, long @Nullable [] bits) {
        if (bits != null) {
            for (int word = 0; word < truth.length; word++) {
                truth[word] |= bits[word];
            }
        }
    }
}
