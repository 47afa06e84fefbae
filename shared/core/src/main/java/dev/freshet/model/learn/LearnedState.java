package dev.freshet.model.learn;

import dev.freshet.bytes.Form;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import dev.freshet.model.popularity.RecentInteractions;
import dev.freshet.model.rating.LeastSquares;
import dev.freshet.model.rating.Ratings;
import dev.freshet.model.signal.ModelView;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.vectors.FactorRows;
import dev.freshet.model.vectors.FactorState;
import dev.freshet.model.vectors.SegmentDrawing;
import dev.freshet.model.vectors.SegmentState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is learned by steps rather than counted, and so costs more to fold than to copy: only the
 * trainer learns it, and deltas carry the rows that changed ({@link Rows}).
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

    /** The part of the model. */
    public static final ModelPart<LearnedState> PART =
            new ModelPart<>(8, EMPTY, Draft::new, (bounds, items) -> form(items));

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
    public static final class Draft implements PartDraft<LearnedState> {
        private final BlendState.Draft blend;
        private final RecentInteractions.Draft recent;
        private final FactorState.Draft factors;
        private final LearnedState from;
        private LeastSquares ratings;
        private SegmentState segments;

        private Draft(LearnedState from) {
            blend = from.blend.draft();
            recent = from.recent.draft();
            factors = from.factors.draft();
            this.from = from;
            ratings = from.ratings;
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

        /** Draws the segments of users again where that is due after an interaction. */
        public void drawSegments(Supplier<ModelView> peek, Instant clock) {
            int day = (int) Duration.between(Instant.EPOCH, clock).toDays();
            long steps = factors.steps();
            if (day >= 0 && SegmentDrawing.isDue(segments, day, steps)) {
                ModelView live = peek.get();
                segments =
                        SegmentDrawing.draw(
                                segments, live.items(), live.baskets(), live.factors(), day, steps);
            }
        }

        /**
         * Sets what a trainer learned.
         *
         * @param items number of items in the model
         */
        public void set(Rows rows, int items) {
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
        public Rows changed() {
            return new Rows(
                    blend.changed(),
                    factors.changed(),
                    ratings == from.ratings ? null : ratings,
                    segments == from.segments ? null : segments);
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

    /**
     * The learned rows that a batch changed, as they are after it.
     *
     * @param blend null where the trainer that made the delta did not learn
     * @param factors null where the trainer that made the delta did not learn
     * @param ratings null where no rating changed the weights
     * @param segments null where they were not drawn
     */
    public record Rows(
            BlendState.@Nullable Rows blend,
            @Nullable FactorRows factors,
            @Nullable LeastSquares ratings,
            @Nullable SegmentState segments) {
        public static final Rows NONE = new Rows(null, null, null, null);

        /** The rows, behind a byte for each part that says whether it is there. */
        public static final Form<Rows> FORM =
                fields ->
                        new Rows(
                                fields.partOrNull(BlendState.Rows.FORM, Rows::blend),
                                fields.partOrNull(FactorRows.FORM, Rows::factors),
                                fields.partOrNull(LeastSquares.FORM, Rows::ratings),
                                fields.partOrNull(SegmentState.FORM, Rows::segments));
    }
}
