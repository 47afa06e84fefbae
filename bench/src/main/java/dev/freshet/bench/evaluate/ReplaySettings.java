package dev.freshet.bench.evaluate;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.settings.Objective;
import java.time.Duration;

/**
 * The settings of the stack that a replay stands for.
 *
 * @param model settings of the model; its treatment of items outside the catalogue decides whether
 *     items are put one by one, or the data set's records all at once before the first event
 * @param putAfter time from an item's first event until the catalogue puts it, at least 0; without
 *     effect in an open stack
 */
record ReplaySettings(ModelSettings model, Duration putAfter) {
    /** The settings of a stack that chooses none: each item is put at its first event. */
    static final ReplaySettings DEFAULT =
            new ReplaySettings(
                    ModelSettings.DEFAULT
                            .withKAnonymity(ModelSettings.USUAL_K_ANONYMITY)
                            .under(CatalogueMode.CLOSED),
                    Duration.ZERO);

    /** The settings of a stack without limits: no catalogue, and everybody's behaviour visible. */
    static final ReplaySettings UNLIMITED =
            new ReplaySettings(ModelSettings.DEFAULT, Duration.ZERO);

    ReplaySettings {
        if (putAfter.isNegative()) {
            throw new IllegalArgumentException("putAfter must not be negative");
        }
    }

    /** Returns these settings with other settings for reading baskets. */
    ReplaySettings reading(BasketSettings how) {
        return new ReplaySettings(model.reading(how), putAfter);
    }

    /** Returns these settings with other weights of interactions. */
    ReplaySettings pursuing(Objective objective) {
        return new ReplaySettings(model.pursuing(objective), putAfter);
    }

    boolean isOpen() {
        return model.catalogue() == CatalogueMode.OPEN;
    }
}
