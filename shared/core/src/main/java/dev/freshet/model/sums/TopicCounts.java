package dev.freshet.model.sums;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Interactions by topic, as an immutable value of 12 B a topic beside its name: an interaction with
 * an item of n topics counts 1 / n for each. Sums are whole numbers of {@link #UNITS}, so that they
 * do not depend on the order of what is added.
 */
public final class TopicCounts {
    /** Units of one interaction: shares of up to 10 topics are exact. */
    public static final int UNITS = 5_040;

    public static final TopicCounts EMPTY = new TopicCounts(new String[0], new long[0]);

    private final String[] topics;
    private final long[] units;

    private TopicCounts(String[] topics, long[] units) {
        this.topics = topics;
        this.units = units;
    }

    /** Returns the number of topics. */
    public int size() {
        return topics.length;
    }

    /** Returns a topic; they ascend. */
    public String topic(int at) {
        return topics[at];
    }

    /** Returns the position of a topic, or a negative number. */
    public int indexOf(String topic) {
        return Arrays.binarySearch(topics, topic);
    }

    /** Returns the units of a topic, above 0. */
    public long units(int at) {
        return units[at];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicCounts counts
                && Arrays.equals(topics, counts.topics)
                && Arrays.equals(units, counts.units);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(topics) + Arrays.hashCode(units);
    }

    /** Returns a mutable continuation. */
    public Draft draft() {
        return new Draft(this);
    }

    /** The mutable continuation of {@link TopicCounts}. */
    public static final class Draft {
        private final Map<String, Long> units = new HashMap<>();

        private Draft(TopicCounts from) {
            for (int at = 0; at < from.size(); at++) {
                units.put(from.topics[at], from.units[at]);
            }
        }

        /**
         * Adds to a topic, or subtracts from one, and removes it once nothing is left.
         *
         * @param most topics; a further one is ignored
         */
        public void add(String topic, long amount, int most) {
            Long known = units.get(topic);
            if (known == null && (amount <= 0 || units.size() >= most)) {
                return;
            }
            long sum = amount + (known == null ? 0 : known);
            if (sum > 0) {
                units.put(topic, sum);
            } else {
                units.remove(topic);
            }
        }

        /** Returns the content as an immutable value. */
        public TopicCounts seal() {
            String[] topics = units.keySet().toArray(String[]::new);
            Arrays.sort(topics);
            long[] sums = new long[topics.length];
            for (int at = 0; at < sums.length; at++) {
                sums[at] = units.getOrDefault(topics[at], 0L);
            }
            return topics.length == 0 ? EMPTY : new TopicCounts(topics, sums);
        }
    }
}
