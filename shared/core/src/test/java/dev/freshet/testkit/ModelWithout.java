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
        return model.with(HighWaterMarks.PART, HighWaterMarks.NONE);
    }

    /** Returns an equal model without segments of users. */
    public static Model segments(Model model) {
        LearnedState learned = model.learned();
        return model.with(
                LearnedState.PART,
                new LearnedState(
                        learned.blend(),
                        learned.recent(),
                        learned.factors(),
                        learned.ratings(),
                        SegmentState.NONE));
    }
}
