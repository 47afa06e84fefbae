package dev.freshet.model;

import dev.freshet.event.ShardPosition;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The highest sequence number applied for each source shard. Marks are kept beyond the retention
 * period of the stream.
 *
 * @param byShard mark by shard name, sorted, so that equal marks have equal bytes
 */
public record HighWaterMarks(SortedMap<String, BigInteger> byShard) {
    /** The marks before any example. */
    public static final HighWaterMarks NONE = new HighWaterMarks(new TreeMap<>());

    public HighWaterMarks {
        byShard = Collections.unmodifiableSortedMap(new TreeMap<>(byShard));
    }

    /** Returns the marks of an unsorted map. */
    public static HighWaterMarks of(Map<String, BigInteger> byShard) {
        return new HighWaterMarks(new TreeMap<>(byShard));
    }

    /** Returns whether the example at this position has already been applied. */
    public boolean cover(ShardPosition source) {
        BigInteger mark = byShard.get(source.shard());
        return mark != null && source.sequence().compareTo(mark) <= 0;
    }
}
