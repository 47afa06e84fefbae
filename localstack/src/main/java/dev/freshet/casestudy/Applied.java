package dev.freshet.casestudy;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbInteractions;
import dev.freshet.aws.dynamodb.DynamodbModelLogs;
import dev.freshet.aws.s3.S3ModelObjects;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.StoredInteraction;
import dev.freshet.model.log.ModelLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Waits until an event has a row and a version of the model that includes it. */
final class Applied implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final int LATEST = 5;

    private final Clients clients;
    private final DynamodbInteractions interactions;
    private final ModelLog log;

    /** Opens the tables and the model log that the settings name. */
    Applied(Settings settings, InstantSource clock) {
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

    /**
     * When an event was applied.
     *
     * @param rowAtNanos {@link System#nanoTime()} when its row was seen
     * @param version a version that includes it; 0 if the time was up
     */
    record Times(long rowAtNanos, long version) {}

    /** Waits for an event of a user, for a limited time. */
    Times await(String user, String eventId, Duration atMost) throws InterruptedException {
        long giveUp = System.nanoTime() + atMost.toNanos();
        Optional<ShardPosition> owner = owner(user, eventId);
        while (owner.isEmpty() && System.nanoTime() < giveUp) {
            Thread.sleep(BETWEEN_LOOKS);
            owner = owner(user, eventId);
        }
        long rowAt = System.nanoTime();
        while (owner.isPresent() && System.nanoTime() < giveUp) {
            Optional<ModelLog.Version> head = log.head();
            if (head.isPresent() && head.get().marks().cover(owner.get())) {
                return new Times(rowAt, head.get().version());
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return new Times(rowAt, 0);
    }

    private Optional<ShardPosition> owner(String user, String eventId) {
        return interactions.latest(List.of(user), LATEST).stream()
                .filter(row -> row.eventId().equals(eventId))
                .map(StoredInteraction::owner)
                .findFirst();
    }

    @Override
    public void close() {
        clients.close();
    }
}
