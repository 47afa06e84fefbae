package dev.freshet.model.signal;

import dev.freshet.model.item.ItemScores;
import java.util.List;

/**
 * Items similar to the one being looked at. The ranking adds their likeness to the score by itself,
 * so the family has no signals.
 */
public final class SimilarItems extends SignalFamily {
    public static final Source SOURCE = new Source(2, "similar");

    SimilarItems() {
        super(SOURCE, Lead.LOOKED_AT);
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new Prepared(context) {
            @Override
            public List<ItemScores> candidates(int limit) {
                int item = context.lookedAt();
                return item == SignalContext.NO_ITEM
                        ? List.of()
                        : List.of(
                                context.model().coOccurrence().similar(item, limit),
                                context.model().content().similar(item, limit),
                                context.model().alike(item, limit));
            }
        };
    }
}
