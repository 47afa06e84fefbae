package dev.freshet.demo;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbExposures;
import dev.freshet.aws.dynamodb.DynamodbInteractions;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredInteraction;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.Replica;
import dev.freshet.model.settings.ModelSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Direct access to the tables and the model log of a stack, past the API, to verify what the system
 * stored and learned.
 */
public final class StoreInspector implements AutoCloseable {
    private final Clients clients;
    private final DynamodbInteractions interactions;
    private final String exposures;
    private final ModelLog log;

    /** Opens the tables and the model log that the settings name. */
    public StoreInspector(Settings settings, InstantSource clock) {
        clients = new Clients(settings);
        StackStores stores = new StackStores(settings, clients, clock);
        interactions = stores.interactions();
        exposures = settings.text(Setting.EXPOSURES_TABLE);
        log = stores.modelLogs().currentLog();
    }

    /** Passes every row of the Interactions table to the consumer, one at a time. */
    public void rows(Consumer<StoredInteraction> each) {
        interactions.scan(each);
    }

    /**
     * Returns the owning stream positions of the rows of each event id, and of each {@link #list}
     * that was shown; a list of positions longer than one means that the event was stored more than
     * once.
     */
    public Map<String, List<ShardPosition>> ownersByEvent() {
        Map<String, List<ShardPosition>> owners = new HashMap<>();
        rows(
                row ->
                        owners.computeIfAbsent(row.eventId(), id -> new ArrayList<>(1))
                                .add(row.owner()));
        lists().forEach(
                        row -> {
                            if (row.owner() != null) {
                                owners.computeIfAbsent(list(row.listId()), id -> new ArrayList<>(1))
                                        .add(row.owner());
                            }
                        });
        return owners;
    }

    /** Returns the name of a list among the rows of events. */
    static String list(String recommendationId) {
        return "list " + recommendationId;
    }

    private List<StoredExposure> lists() {
        return DynamodbExposures.scan(clients.dynamoDb(), exposures);
    }

    /** Returns the newest model, loaded from the log in the way in which a new replica loads it. */
    public Replica.Versioned newestModel() {
        return LogFollower.newest(log, ModelSettings.DEFAULT).versioned();
    }

    /** Returns the number of the newest version, or 0 if there is none. */
    public long head() {
        return log.head().map(ModelLog.Version::version).orElse(0L);
    }

    /** Returns the rows of all versions after the given one, oldest first. */
    public List<ModelLog.Version> versionsAfter(long version) {
        List<ModelLog.Version> all = new ArrayList<>();
        long at = version;
        while (true) {
            List<ModelLog.Version> page = log.after(at, LogFollower.AT_A_TIME);
            all.addAll(page);
            if (page.size() < LogFollower.AT_A_TIME) {
                return all;
            }
            at = page.getLast().version();
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
