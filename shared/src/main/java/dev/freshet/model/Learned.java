package dev.freshet.model;

import dev.freshet.model.blend.BlendDraft;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.factors.FactorDraft;
import dev.freshet.model.factors.FactorState;
import dev.freshet.model.rating.LeastSquares;

/**
 * What is learned by steps rather than counted, and so is dearer to fold than to copy: only the
 * trainer learns it, and deltas carry the rows that changed ({@link LearnedRows}).
 *
 * @param blend what the signals are worth
 * @param recent the items met latest; counted by whoever folds, like what stands outside of here
 * @param factors vectors of items
 * @param ratings what the parts of a rating are worth
 */
record Learned(BlendState blend, Recent recent, FactorState factors, LeastSquares ratings) {
    static final Learned EMPTY =
            new Learned(StartingWeights.BLEND, Recent.EMPTY, FactorState.EMPTY, Ratings.START);

    Draft draft() {
        return new Draft(this);
    }

    void write(ByteSink out) {
        blend.write(out);
        recent.write(out);
        factors.write(out);
        ratings.write(out);
    }

    /**
     * @param items how many there are
     */
    static Learned read(ByteSource in, int items) {
        return new Learned(
                BlendState.read(in, StartingWeights.BLEND),
                Recent.read(in, items),
                FactorState.read(in, items),
                RatingLesson.checked(LeastSquares.read(in)));
    }

    /** The mutable continuation. */
    static final class Draft {
        private final BlendDraft blend;
        private final Recent.Draft recent;
        private final FactorDraft factors;
        private final LeastSquares ratingsBefore;
        private LeastSquares ratings;

        private Draft(Learned from) {
            blend = from.blend.draft();
            recent = from.recent.draft();
            factors = from.factors.draft();
            ratingsBefore = from.ratings;
            ratings = from.ratings;
        }

        BlendDraft blend() {
            return blend;
        }

        Recent.Draft recent() {
            return recent;
        }

        FactorDraft factors() {
            return factors;
        }

        LeastSquares ratings() {
            return ratings;
        }

        void ratings(LeastSquares next) {
            ratings = next;
        }

        /**
         * Takes over what a trainer learned.
         *
         * @param items how many there are
         */
        void set(LearnedRows rows, int items) {
            if (rows.blend() != null) {
                blend.set(rows.blend());
            }
            if (rows.factors() != null) {
                factors.set(rows.factors(), items);
            }
            if (rows.ratings() != null) {
                ratings = RatingLesson.checked(rows.ratings());
            }
        }

        /** What this draft learned since it began. */
        @SuppressWarnings("ReferenceEquality") // a step makes another one
        LearnedRows changed() {
            return new LearnedRows(
                    blend.changed(), factors.changed(), ratings == ratingsBefore ? null : ratings);
        }

        Learned peek() {
            return new Learned(blend.peek(), recent.peek(), factors.peek(), ratings);
        }

        Learned seal() {
            return new Learned(blend.seal(), recent.seal(), factors.seal(), ratings);
        }
    }
}
