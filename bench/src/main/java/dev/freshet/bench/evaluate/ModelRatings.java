package dev.freshet.bench.evaluate;

import dev.freshet.catalog.Item;
import java.util.List;

/**
 * Rating prediction of the product, {@link dev.freshet.model.rating.Ratings}, with one model
 * version for each rating.
 */
final class ModelRatings implements RatingMethod {
    private final TraceReplay replay;

    ModelRatings(ReplaySettings settings, List<Item> catalogue) {
        replay = new TraceReplay(settings, catalogue);
    }

    @Override
    public String name() {
        return "ratings";
    }

    @Override
    public double predict(ReplayStep step) {
        replay.reach(step);
        return replay.model()
                .ratings()
                .predict(
                        replay.rated(step.interaction().person()),
                        replay.model().items().index(step.row().target().id()));
    }

    @Override
    public void learn(ReplayStep step) {
        replay.learn(List.of(step));
    }
}
