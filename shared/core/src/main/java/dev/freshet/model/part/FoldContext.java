package dev.freshet.model.part;

import dev.freshet.catalog.Item;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.settings.ModelSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a part of the model may ask of the others while it folds. */
public interface FoldContext {
    /** Returns the bounds of the model's state. */
    ModelSettings.Bounds bounds();

    /** Returns the latest corrected event time applied; the epoch before any. */
    Instant clock();

    /** Returns the number of items. */
    int items();

    /** Returns the index of an item, or −1. */
    int index(String itemId);

    /** Returns an item's catalogue record, or null. */
    @Nullable Item catalogued(int item);

    /** Returns the number of items that a user interacted with since a time. */
    int itemsSince(Pseudonym user, Instant since);
}
