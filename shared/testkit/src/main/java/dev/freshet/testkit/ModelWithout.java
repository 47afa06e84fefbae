package dev.freshet.testkit;

import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.Model;
import dev.freshet.model.learn.LearnedState;
import dev.freshet.model.vectors.SegmentState;

/** Removal of a part of a model, for tests that show what the part prevents. */
public final class ModelWithout {
    private ModelWithout() {}

    /** Returns an equal model without high-water marks. */
    public static Model marks(Model model) {
        Model.State state = model.state();
        return of(model, state.learned(), HighWaterMarks.NONE);
    }

    /** Returns an equal model without segments of users. */
    public static Model segments(Model model) {
        LearnedState learned = model.state().learned();
        return of(
                model,
                new LearnedState(
                        learned.blend(),
                        learned.recent(),
                        learned.factors(),
                        learned.ratings(),
                        SegmentState.NONE),
                model.state().marks());
    }

    private static Model of(Model model, LearnedState learned, HighWaterMarks marks) {
        Model.State state = model.state();
        return new Model(
                model.settings(),
                new Model.State(
                        state.items(),
                        state.counts(),
                        state.ratings(),
                        state.scoped(),
                        state.baskets(),
                        state.terms(),
                        state.embeddings(),
                        state.windows(),
                        learned,
                        state.waiting(),
                        state.outcomes(),
                        state.experiments(),
                        state.audience(),
                        state.memory(),
                        state.totals(),
                        marks,
                        state.clock()));
    }
}
