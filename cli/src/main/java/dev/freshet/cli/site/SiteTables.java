package dev.freshet.cli.site;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbInteractions;
import dev.freshet.aws.dynamodb.DynamodbUsers;
import dev.freshet.aws.dynamodb.ScanPage;
import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.features.StoredInteraction;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.profile.UserProfile;
import java.time.InstantSource;
import java.util.Map;

/**
 * The tables of a site, read part by part. Each method returns the part after a key, which is empty
 * for the beginning, and throws {@link dev.freshet.store.StoreUnavailableException} where the table
 * does not answer.
 */
interface SiteTables {
    /** Returns items that are not deleted. */
    ScanPage<Item> items(Map<String, String> after);

    /** Returns interactions that have not expired. */
    ScanPage<StoredInteraction> interactions(Map<String, String> after);

    /** Returns profiles, and tombstones of erased users. */
    ScanPage<UserProfile> users(Map<String, String> after);

    /**
     * Returns the tables that the settings name.
     *
     * @throws dev.freshet.aws.Settings.MissingSettingException where one is not named
     */
    static SiteTables of(Clients clients, Settings settings, InstantSource clock) {
        StackStores stores = new StackStores(settings, clients, clock);
        Catalog catalog = stores.items();
        DynamodbInteractions interactions = stores.interactions();
        DynamodbUsers users = stores.users();
        return new SiteTables() {
            private static final String ID = "id";
            private static final int ITEMS = 1_000;

            @Override
            public ScanPage<Item> items(Map<String, String> after) {
                Catalog.Page page = catalog.page(after.get(ID), ITEMS);
                String last = page.last();
                return new ScanPage<>(page.items(), last == null ? Map.of() : Map.of(ID, last));
            }

            @Override
            public ScanPage<StoredInteraction> interactions(Map<String, String> after) {
                return interactions.scanUnexpired(after);
            }

            @Override
            public ScanPage<UserProfile> users(Map<String, String> after) {
                return users.scan(after);
            }
        };
    }
}
