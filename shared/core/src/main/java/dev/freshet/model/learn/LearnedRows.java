package dev.freshet.model.learn;

import dev.freshet.model.blend.BlendRows;
import dev.freshet.model.bytes.Form;
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

    /** The rows, behind a byte for each part that says whether it is there. */
    public static final Form<LearnedRows> FORM =
            fields ->
                    new LearnedRows(
                            fields.partOrNull(BlendRows.FORM, LearnedRows::blend),
                            fields.partOrNull(FactorRows.FORM, LearnedRows::factors),
                            fields.partOrNull(LeastSquares.FORM, LearnedRows::ratings),
                            fields.partOrNull(SegmentState.FORM, LearnedRows::segments));
}
