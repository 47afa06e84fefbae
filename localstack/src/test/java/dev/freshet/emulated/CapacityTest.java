package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.dynamodb.DynamodbInteractions;
import dev.freshet.aws.dynamodb.TableKeys;
import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.features.EventKey;
import dev.freshet.features.StoredInteraction;
import dev.freshet.store.RetentionPolicy;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** Capacity units that DynamoDB would charge for the product's calls. */
class CapacityTest {
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07.250Z");

    private final DynamoDbClient dynamoDb = EmulatedAws.clients().dynamoDb();

    @Test
    void anOrdinaryEventIsOneWriteUnitWithRoomToSpare() {
        Map<String, AttributeValue> row =
                put(UUID.randomUUID().toString(), UUID.randomUUID().toString(), "item-48151623");
        assertThat(bytes(row)).isLessThan(400);
        assertThat(unitsOf(row)).isEqualTo(1);
    }

    @Test
    void anEventWithTheLongestPlainIdsIsOneWriteUnit() {
        String nonce = UUID.randomUUID().toString();
        Map<String, AttributeValue> row =
                put(nonce + "r".repeat(92), nonce + "e".repeat(92), "i".repeat(128));
        assertThat(bytes(row)).isLessThan(1024);
        assertThat(unitsOf(row)).isEqualTo(1);
    }

    private Map<String, AttributeValue> put(String user, String event, String item) {
        BigInteger sequence =
                new BigInteger("49590338271490256608559692538361571095921575989136588898");
        StoredInteraction row =
                new StoredInteraction(
                        user,
                        event,
                        EventTimes.at(NOW),
                        new StoredInteraction.Act(
                                EventType.BOOKMARK, Target.item(item), 0.3333333333333333, 0, null),
                        UUID.randomUUID().toString(),
                        new Context(
                                "desktop",
                                "Mac OS X",
                                "Mobile Safari",
                                "pt-BR",
                                "BR",
                                "BR-SP",
                                null,
                                null,
                                23),
                        new ShardPosition("freshet-prod-events/shardId-000000000123", sequence),
                        null,
                        Map.of());
        new DynamodbInteractions(
                        EmulatedAws.clients(),
                        EmulatedAws.INTERACTIONS,
                        RetentionPolicy.DEFAULT,
                        InstantSource.fixed(NOW))
                .putIfAbsent(row, null);
        Map<String, AttributeValue> key =
                Map.of(
                        TableKeys.USER_ID, AttributeValue.fromS(user),
                        TableKeys.EVENT_KEY, AttributeValue.fromS(EventKey.of(row).toString()));
        return dynamoDb.getItem(r -> r.tableName(EmulatedAws.INTERACTIONS).key(key)).item();
    }

    private double unitsOf(Map<String, AttributeValue> row) {
        Map<String, AttributeValue> copy = new HashMap<>(row);
        return dynamoDb.putItem(
                        r ->
                                r.tableName(EmulatedAws.INTERACTIONS)
                                        .item(copy)
                                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .consumedCapacity()
                .capacityUnits();
    }

    /** Returns the size of a row: names and values, with a number counted as at most its digits. */
    private static int bytes(Map<String, AttributeValue> row) {
        return row.entrySet().stream()
                .mapToInt(
                        e -> {
                            String text = e.getValue().s();
                            return e.getKey().length()
                                    + (text != null ? text : e.getValue().n()).length();
                        })
                .sum();
    }
}
