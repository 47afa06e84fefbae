package dev.freshet.model.learn;

import dev.freshet.model.blend.BlendRows;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.factor.FactorRows;
import dev.freshet.model.rating.LeastSquares;
import dev.freshet.model.segment.SegmentState;
import org.jspecify.annotations.Nullable;

/**
 * The learned rows that a batch changed, as they are after it.
 *
 * @param blend null where the trainer that made the delta did not learn
 * @param factors null where the trainer that made the delta did not learn
 * @param ratings null where no rating changed the weights
 * @param segments null where they were not drawn
 */
public record LearnedRows(
        @Nullable BlendRows blend,
        @Nullable FactorRows factors,
        @Nullable LeastSquares ratings,
        @Nullable SegmentState segments) {
    public static final LearnedRows NONE = new LearnedRows(null, null, null, null);

    public void write(ByteSink out) {
        out.put(blend == null ? 0 : 1);
        if (blend != null) {
            blend.write(out);
        }
        out.put(factors == null ? 0 : 1);
        if (factors != null) {
            factors.write(out);
        }
        out.put(ratings == null ? 0 : 1);
        if (ratings != null) {
            ratings.write(out);
        }
        out.put(segments == null ? 0 : 1);
        if (segments != null) {
            segments.write(out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static LearnedRows read(ByteSource in) {
        return new LearnedRows(
                in.flag() ? BlendRows.read(in) : null,
                in.flag() ? FactorRows.read(in) : null,
                in.flag() ? LeastSquares.read(in) : null,
                in.flag() ? SegmentState.read(in) : null);
    }
}
