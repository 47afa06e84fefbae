package dev.freshet.emulated;

import dev.freshet.feature.Catalog;
import dev.freshet.storage.CatalogContract;
import dev.freshet.storage.dynamodb.DynamodbCatalog;
import java.time.InstantSource;

class DynamodbCatalogContractTest extends CatalogContract {
    @Override
    protected Catalog catalog(InstantSource clock) {
        return new DynamodbCatalog(
                EmulatedAws.clients().enhancedDynamoDb(), EmulatedAws.ITEMS, clock);
    }
}
