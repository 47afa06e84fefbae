package dev.freshet.model;

import dev.freshet.bytes.Form;
import dev.freshet.event.ShardPosition;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
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

    private static final int MAX_SHARDS = 1_000_000;
    private static final int MAX_SEQUENCE_BYTES = 128;

    private static final Form<BigInteger> SEQUENCE =
            fields -> new BigInteger(fields.bytes(MAX_SEQUENCE_BYTES, BigInteger::toByteArray));

    static final Form<HighWaterMarks> FORM =
            fields -> of(fields.map(MAX_SHARDS, Form.TEXT, SEQUENCE, HighWaterMarks::byShard));

    /** The part of the model. */
    public static final ModelPart<HighWaterMarks> PART =
            new ModelPart<>(2, NONE, Draft::new, (bounds, items) -> FORM);

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

    /** The mutable continuation of {@link HighWaterMarks}. */
    static final class Draft implements PartDraft<HighWaterMarks> {
        private final TreeMap<String, BigInteger> byShard;

        private Draft(HighWaterMarks from) {
            byShard = new TreeMap<>(from.byShard);
        }

        /** Raises the mark of a shard; false if the example was applied before. */
        boolean advance(ShardPosition source) {
            BigInteger mark = byShard.get(source.shard());
            if (mark != null && source.sequence().compareTo(mark) <= 0) {
                return false;
            }
            byShard.put(source.shard(), source.sequence());
            return true;
        }

        @Override
        public HighWaterMarks content(boolean sealed) {
            return sealed ? of(byShard) : NONE;
        }
    }
}
