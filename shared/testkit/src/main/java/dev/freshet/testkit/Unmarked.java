package dev.freshet.testkit;

import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.Model;

/** A model that has forgotten its high-water marks: what a test of their worth needs. */
public final class Unmarked {
    private Unmarked() {}

    /** The same model without marks. */
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
                        state.totals(),
                        HighWaterMarks.NONE,
                        state.clock()));
    }
}
