package dev.freshet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.access.KeyGenerator;
import dev.freshet.aws.dynamodb.DynamodbAccessKeys;
import dev.freshet.aws.dynamodb.DynamodbCatalog;
import dev.freshet.aws.dynamodb.DynamodbInteractions;
import dev.freshet.aws.dynamodb.DynamodbModelLog;
import dev.freshet.aws.dynamodb.DynamodbTrends;
import dev.freshet.aws.dynamodb.DynamodbUsers;
import dev.freshet.aws.kinesis.KinesisEventLog;
import dev.freshet.aws.kinesis.KinesisExampleLog;
import dev.freshet.aws.s3.S3ObjectStore;
import dev.freshet.aws.s3.S3Quarantine;
import dev.freshet.catalog.Item;
import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.features.Quarantine;
import dev.freshet.features.StoredInteraction;
import dev.freshet.ingest.EventLog;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.profile.UserProfile;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.store.StoreUnavailableException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StoresThatAreDownTest {
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07Z");
    private static final ShardPosition POSITION =
            new ShardPosition("events/shardId-000000000000", BigInteger.ONE);

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final Clients nobody = FakeService.clientsOfNobody();

    @Test
    void interactionsAreUnavailable() {
        var interactions = new DynamodbInteractions(nobody, "t", RetentionPolicy.DEFAULT, clock);
        StoredInteraction row =
                new StoredInteraction(
                        "r",
                        "e",
                        EventTimes.at(NOW),
                        new StoredInteraction.Act(EventType.VIEW, Target.NONE, 1, 0, null),
                        null,
                        Context.UNKNOWN,
                        POSITION,
                        null,
                        Map.of());
        assertUnavailable(() -> interactions.putIfAbsent(row, null));
        assertUnavailable(() -> interactions.latest(List.of("r"), 10));
        assertUnavailable(() -> interactions.latest(List.of("r", "s"), 10));
        assertUnavailable(() -> interactions.withRetractions("r", "e"));
    }

    @Test
    void usersAreUnavailable() {
        var users =
                new DynamodbUsers(nobody.enhancedDynamoDb(), "t", RetentionPolicy.DEFAULT, clock);
        assertUnavailable(() -> users.get("u"));
        assertUnavailable(() -> users.getAll(Set.of("u")));
        assertUnavailable(() -> users.put(UserProfile.absent("u")));
    }

    @Test
    void keysAreUnavailable() {
        var keys = new DynamodbAccessKeys(nobody.enhancedDynamoDb(), "t", clock);
        assertUnavailable(() -> keys.get("k"));
        assertUnavailable(
                () -> keys.put(new KeyGenerator(new SecureRandom()).secret("k", NOW, null).row()));
        assertUnavailable(keys::list);
    }

    @Test
    void theCatalogueIsUnavailable() {
        var catalog =
                new DynamodbCatalog(nobody.enhancedDynamoDb(), "t", RetentionPolicy.DEFAULT, clock);
        assertUnavailable(() -> catalog.put(Item.tombstone("i", 1)));
        assertUnavailable(() -> catalog.get("i"));
        assertUnavailable(() -> catalog.scan(item -> {}));
    }

    @Test
    void trendsAreUnavailable() {
        var trends =
                new DynamodbTrends(nobody.enhancedDynamoDb(), "t", RetentionPolicy.DEFAULT, clock);
        Duration hour = Duration.ofHours(1);
        assertUnavailable(() -> trends.put(new TrendWindow("all", hour, NOW, List.of(), 1)));
        assertUnavailable(() -> trends.between("all", hour, NOW, NOW.plus(hour)));
    }

    @Test
    void theModelLogIsUnavailableAndNotDamaged() {
        S3ObjectStore objects = S3ObjectStore.ofModels(nobody.s3(), "bucket");
        var log = new DynamodbModelLog(nobody.enhancedDynamoDb(), "t", objects, "main", clock);
        assertUnavailable(log::head);
        assertUnavailable(() -> log.after(0, 1));
        assertUnavailable(() -> log.snapshots(1));
        assertUnavailable(() -> log.append(1, new byte[1], HighWaterMarks.NONE, "", NOW));
        assertUnavailable(() -> log.putSnapshot(1, new byte[1], NOW, NOW));
        assertUnavailable(() -> objects.get("key", 1));
    }

    @Test
    void streamsAndQuarantineAreUnavailable() {
        var examples = new KinesisExampleLog(nobody.kinesis(), "examples");
        assertUnavailable(() -> examples.put(new byte[1]));
        var quarantine = new S3Quarantine(nobody.s3(), "bucket");
        assertUnavailable(
                () -> quarantine.put(new Quarantine.Entry(POSITION, "r", "bad", NOW, new byte[1])));
    }

    @Test
    void noEventIsAcknowledged() {
        var events = new KinesisEventLog(nobody.kinesis(), "events");
        EventLog.Entry entry = new EventLog.Entry("r", new byte[1]);
        assertThat(events.put(List.of(entry, entry, entry))).containsExactly(0, 1, 2);
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StoreUnavailableException.class);
    }
}
