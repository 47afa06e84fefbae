package dev.freshet.model.learn;

import dev.freshet.model.segment.SegmentDrawing;
import dev.freshet.model.segment.SegmentState;
import dev.freshet.model.signal.ModelView;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Draws the segments of users again, once an interaction has been folded after which it is due. */
public final class SegmentLearner {
    private SegmentLearner() {}

    /** Returns the segments after an interaction, unchanged where no drawing is due. */
    public static SegmentState learn(
            Supplier<ModelView> peek, Instant clock, LearnedState.Draft learned) {
        SegmentState last = learned.segments();
        int day = (int) Duration.between(Instant.EPOCH, clock).toDays();
        long steps = learned.factors().steps();
        if (day < 0 || !SegmentDrawing.isDue(last, day, steps)) {
            return last;
        }
        ModelView live = peek.get();
        return SegmentDrawing.draw(last, live.items(), live.baskets(), live.factors(), day, steps);
    }
}
