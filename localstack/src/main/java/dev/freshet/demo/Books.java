package dev.freshet.demo;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbInteractions;
import dev.freshet.aws.dynamodb.DynamodbModelLogs;
import dev.freshet.aws.s3.S3ModelObjects;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.StoredInteraction;
import dev.freshet.model.Model;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.Replica;
import dev.freshet.model.settings.ModelSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tables and the model log themselves, read behind the API's back to see what it really did.
 */
public final class Books implements AutoCloseable {
    private final Clients clients;
    private final DynamodbInteractions interactions;
    private final ModelLog log;

    /** Opens what the settings name. */
    public Books(Settings settings, InstantSource clock) {
        clients = new Clients(settings);
        interactions =
                new DynamodbInteractions(
                        clients.enhancedDynamoDb(), settings.interactionsTable(), clock);
        log =
                new DynamodbModelLogs(
                                clients.enhancedDynamoDb(),
                                settings.modelsTable(),
                                new S3ModelObjects(clients.s3(), settings.modelBucket()),
                                settings.modelId(),
                                clock)
                        .currentLog();
    }

    /** Every row of the Interactions table in turn. */
    public void rows(Consumer<StoredInteraction> each) {
        interactions.scan(each);
    }

    /** The owners of the rows of each event id; more than one where an event was stored twice. */
    public Map<String, List<ShardPosition>> ownersByEvent() {
        Map<String, List<ShardPosition>> owners = new HashMap<>();
        rows(
                row ->
                        owners.computeIfAbsent(row.eventId(), id -> new ArrayList<>(1))
                                .add(row.owner()));
        return owners;
    }

    /** The newest model, read from the log as a new replica would read it. */
    public Replica.Versioned newestModel() {
        LogFollower follower = new LogFollower(log, Runnable::run);
        Replica.Versioned empty =
                new Replica.Versioned(Model.empty(ModelSettings.DEFAULT), 0, Instant.EPOCH);
        return follower.follow(empty).versioned();
    }

    /** The number of the newest version, 0 if there is none. */
    public long head() {
        return log.head().map(ModelLog.Version::version).orElse(0L);
    }

    /** Rows of the versions after this one, oldest first. */
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
