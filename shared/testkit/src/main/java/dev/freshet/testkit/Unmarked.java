package dev.freshet.testkit;

import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.Model;

/** Removal of the high-water marks from a model, for tests that show what the marks prevent. */
public final class Unmarked {
    private Unmarked() {}

    /** Returns an equal model without high-water marks. */
    public static Model of(Model model) {
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
                        state.learned(),
                        state.waiting(),
                        state.outcomes(),
                        state.experiments(),
                        state.audience(),
                        state.totals(),
                        HighWaterMarks.NONE,
                        state.clock()));
    }
}
