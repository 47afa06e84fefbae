package dev.freshet.model;

import dev.freshet.example.ItemForm;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import java.time.Instant;

/** The model's clock: the latest corrected event time applied; the epoch before any. */
final class ModelClock implements PartDraft<Instant> {
    /** The part of the model. */
    static final ModelPart<Instant> PART =
            new ModelPart<>(0, Instant.EPOCH, ModelClock::new, (bounds, items) -> ItemForm.INSTANT);

    private Instant latest;

    private ModelClock(Instant from) {
        latest = from;
    }

    void advance(Instant to) {
        latest = to.isAfter(latest) ? to : latest;
    }

    @Override
    public Instant content(boolean sealed) {
        return latest;
    }
}
