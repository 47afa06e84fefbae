package dev.freshet.model.learn;

import dev.freshet.model.blend.BlendState;
import dev.freshet.model.bytes.Form;
import dev.freshet.model.factor.FactorState;
import dev.freshet.model.popularity.RecentInteractions;
import dev.freshet.model.rating.LeastSquares;
import dev.freshet.model.rating.Ratings;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.segment.SegmentState;
import dev.freshet.model.signal.SignalFamilies;

/**
 * What is learned by steps rather than counted, and so costs more to fold than to copy: only the
 * trainer learns it, and deltas carry the rows that changed ({@link LearnedRows}).
 *
 * @param blend weights of the signals
 * @param recent latest interactions of all users; counted by everyone who folds examples
 * @param factors vectors of items
 * @param ratings weights of the inputs of a rating
 * @param segments groups of users by their vectors
 */
public record LearnedState(
        BlendState blend,
        RecentInteractions recent,
        FactorState factors,
        LeastSquares ratings,
        SegmentState segments) {
    public static final LearnedState EMPTY = startingFrom(SignalFamilies.START);

    /**
     * Returns what is known before the first example, with a blend that starts from these weights.
     */
    public static LearnedState startingFrom(BlendState blend) {
        return new LearnedState(
                blend,
                RecentInteractions.EMPTY,
                FactorState.EMPTY,
                Ratings.START,
                SegmentState.NONE);
    }

    public Draft draft() {
        return new Draft(this);
    }

    /** Returns the form of what a model of so many items learned. */
    public static Form<LearnedState> form(int items) {
        Form<LeastSquares> ratings = fields -> RatingLearner.checked(LeastSquares.FORM.of(fields));
        return fields ->
                new LearnedState(
                        fields.part(BlendState.form(SignalFamilies.START), LearnedState::blend),
                        fields.part(RecentInteractions.form(items), LearnedState::recent),
                        fields.part(FactorState.form(items), LearnedState::factors),
                        fields.part(ratings, LearnedState::ratings),
                        fields.part(SegmentState.FORM, LearnedState::segments));
    }

    /** A mutable continuation of a learned state. */
    public static final class Draft implements Continuation<LearnedState> {
        private final BlendState.Draft blend;
        private final RecentInteractions.Draft recent;
        private final FactorState.Draft factors;
        private final LeastSquares ratingsBefore;
        private final SegmentState segmentsBefore;
        private LeastSquares ratings;
        private SegmentState segments;

        private Draft(LearnedState from) {
            blend = from.blend.draft();
            recent = from.recent.draft();
            factors = from.factors.draft();
            ratingsBefore = from.ratings;
            ratings = from.ratings;
            segmentsBefore = from.segments;
            segments = from.segments;
        }

        public BlendState.Draft blend() {
            return blend;
        }

        public RecentInteractions.Draft recent() {
            return recent;
        }

        public FactorState.Draft factors() {
            return factors;
        }

        public LeastSquares ratings() {
            return ratings;
        }

        public void ratings(LeastSquares next) {
            ratings = next;
        }

        public SegmentState segments() {
            return segments;
        }

        public void segments(SegmentState next) {
            segments = next;
        }

        /**
         * Sets what a trainer learned.
         *
         * @param items number of items in the model
         */
        public void set(LearnedRows rows, int items) {
            if (rows.blend() != null) {
                blend.set(rows.blend());
            }
            if (rows.factors() != null) {
                factors.set(rows.factors(), items);
            }
            if (rows.ratings() != null) {
                ratings = RatingLearner.checked(rows.ratings());
            }
            if (rows.segments() != null) {
                segments = rows.segments();
            }
        }

        /** Returns what changed since this draft began. */
        @SuppressWarnings("ReferenceEquality") // a step makes another one
        public LearnedRows changed() {
            return new LearnedRows(
                    blend.changed(),
                    factors.changed(),
                    ratings == ratingsBefore ? null : ratings,
                    segments == segmentsBefore ? null : segments);
        }

        @Override
        public LearnedState content(boolean sealed) {
            return new LearnedState(
                    blend.content(sealed),
                    recent.content(sealed),
                    factors.content(sealed),
                    ratings,
                    segments);
        }
    }
}
