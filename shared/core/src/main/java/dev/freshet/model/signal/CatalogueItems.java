package dev.freshet.model.signal;

import dev.freshet.model.item.ItemScores;
import java.util.List;

/**
 * All items, the newest first. Finds candidates only where the usual depth of the other families
 * left too few after the filters, so that a narrow filter still finds what it asks for.
 */
public final class CatalogueItems extends SignalFamily {
    public static final Source SOURCE = new Source(10, "catalogue");

    /** Most items of each list that families are usually asked for. */
    public static final int USUAL_DEPTH = 100;

    CatalogueItems() {
        super(SOURCE, Lead.NONE);
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new Prepared(context) {
            @Override
            public List<ItemScores> candidates(int limit) {
                if (limit <= USUAL_DEPTH) {
                    return List.of();
                }
                int size = context.model().items().size();
                int[] items = new int[Math.min(size, limit)];
                for (int rank = 0; rank < items.length; rank++) {
                    items[rank] = size - 1 - rank;
                }
                return List.of(new ItemScores(items, new float[items.length]));
            }
        };
    }
}
