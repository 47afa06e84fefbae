package dev.freshet.testkit.memory;

import dev.freshet.catalog.Catalog;
import dev.freshet.testkit.contract.CatalogContract;
import java.time.InstantSource;

class MemoryCatalogContractTest extends CatalogContract {
    @Override
    protected Catalog catalog(InstantSource clock) {
        return new MemoryCatalog(clock);
    }
}
