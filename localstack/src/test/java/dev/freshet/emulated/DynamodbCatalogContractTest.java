package dev.freshet.emulated;

import static dev.freshet.emulated.EmulatedAws.ITEMS;

import dev.freshet.aws.dynamodb.DynamodbCatalog;
import dev.freshet.catalog.Catalog;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.testkit.contract.CatalogContract;
import java.time.InstantSource;

class DynamodbCatalogContractTest extends CatalogContract {
    @Override
    protected Catalog catalog(InstantSource clock) {
        return new DynamodbCatalog(EmulatedAws.tables(), ITEMS, RetentionPolicy.DEFAULT, clock);
    }
}
