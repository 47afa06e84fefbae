package dev.freshet.storage.memory;

import dev.freshet.feature.Catalog;
import dev.freshet.storage.CatalogContract;
import java.time.InstantSource;

class MemoryCatalogContractTest extends CatalogContract {
    @Override
    protected Catalog catalog(InstantSource clock) {
        return new MemoryCatalog(clock);
    }
}
