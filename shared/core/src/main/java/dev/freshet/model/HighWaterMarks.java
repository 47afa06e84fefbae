package dev.freshet.model;

import dev.freshet.event.ShardPosition;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * For each source shard the highest sequence number applied; kept past the stream's retention.
 *
 * @param byShard sorted, so that equal marks have equal bytes
 */
public record HighWaterMarks(SortedMap<String, BigInteger> byShard) {
    public static final HighWaterMarks NONE = new HighWaterMarks(new TreeMap<>());

    public HighWaterMarks {
        byShard = Collections.unmodifiableSortedMap(new TreeMap<>(byShard));
    }

    public static HighWaterMarks of(Map<String, BigInteger> byShard) {
        return new HighWaterMarks(new TreeMap<>(byShard));
    }

    /** Whether the example at this position was applied already. */
    public boolean cover(ShardPosition source) {
        BigInteger mark = byShard.get(source.shard());
        return mark != null && source.sequence().compareTo(mark) <= 0;
    }
}
