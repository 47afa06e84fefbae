package dev.freshet.recommend;

import dev.freshet.candidate.RequestContext;
import dev.freshet.model.Model;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model that answers a request.
 *
 * @param version 0 where nothing was learned yet
 * @param age time since this process last looked for a newer version
 * @param problems codes of what is wrong with it: {@code model-stale}, {@code model-damaged}; empty
 *     as a rule
 */
public record ServedModel(Model model, long version, Duration age, List<String> problems) {
    /**
     * Returns the index of an item, or {@link RequestContext#NO_ITEM} where there is no such item,
     * or no longer, or where it is in no catalogue and has to be.
     */
    int index(@Nullable String itemId) {
        return index(model, itemId);
    }

    /** Returns the {@link #index(String)} of an item in a model. */
    static int index(Model model, @Nullable String itemId) {
        int item = itemId == null ? RequestContext.NO_ITEM : model.items().index(itemId);
        return item >= 0 && model.shows(item) ? item : RequestContext.NO_ITEM;
    }
}
