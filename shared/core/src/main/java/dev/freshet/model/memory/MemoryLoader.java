package dev.freshet.model.memory;

import dev.freshet.model.item.ItemTable;

/** Loads the neighbours that an example names, while it is applied. */
@FunctionalInterface
public interface MemoryLoader {
    /** Goes on with the neighbours that are loaded; whoever reads the model loads the new ones. */
    MemoryLoader LATER = (named, items, present) -> present;

    /**
     * Returns the neighbours to go on with.
     *
     * @param items of the model that names them
     * @param present those that are loaded so far
     * @throws dev.freshet.store.StoreUnavailableException if they cannot be loaded
     */
    LongMemory load(NamedMemory named, ItemTable items, LongMemory present);
}
