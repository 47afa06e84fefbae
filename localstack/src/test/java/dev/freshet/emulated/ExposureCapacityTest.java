package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ListArm;
import dev.freshet.aws.dynamodb.DynamodbExposures;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.features.Exposures;
import dev.freshet.features.ShownList;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredExposure.ExposureOutcome;
import dev.freshet.store.RetentionPolicy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Capacity units that lists shown and clicks on them cost, and the calls that they make. */
class ExposureCapacityTest {
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07.250Z");

    private static final String LIST_ID = "00112233445566778899aabbccddeeff";

    private final List<String> calls = new ArrayList<>();
    private double units;
    private final Exposures exposures =
            new DynamodbExposures(
                    counted(EmulatedAws.clients().dynamoDb()),
                    EmulatedAws.EXPOSURES,
                    RetentionPolicy.DEFAULT,
                    InstantSource.fixed(NOW));

    @Test
    void anImpressionOf24ItemsIsOneWriteUnitAndNoRead() {
        exposures.put(shown(24), null);
        assertThat(units).isEqualTo(1);
        assertThat(calls).containsExactly("updateItem");
    }

    @Test
    void anImpressionOf100ItemsIsThreeWriteUnits() {
        exposures.put(shown(100), null);
        assertThat(units).isEqualTo(3);
    }

    @Test
    void aClickIsOneMoreWriteUnitAndNoRead() {
        StoredExposure list = shown(18);
        exposures.put(list, null);
        exposures.mark(list.userId(), NOW, LIST_ID, click(), NOW);
        assertThat(units).isEqualTo(2);
        assertThat(calls).containsExactly("updateItem", "updateItem");
    }

    private static StoredExposure shown(int items) {
        List<ShownList.Place> places =
                IntStream.range(0, items)
                        .mapToObj(
                                i ->
                                        new ShownList.Place(
                                                "item-" + "x".repeat(12) + (100 + i), 1, 37, true))
                        .toList();
        return new StoredExposure(
                UUID.randomUUID().toString().substring(0, 24),
                NOW,
                LIST_ID,
                new ShownList(
                        "home",
                        List.of(new ListArm("home-pl", "home-pl-1", "control")),
                        List.of(),
                        "s12",
                        123_456,
                        places),
                position(),
                position(),
                NOW,
                List.of());
    }

    private static ExposureOutcome click() {
        return new ExposureOutcome("0123456789abcdef", OutcomeKind.CLICK, 3, 3_600, position());
    }

    private static ShardPosition position() {
        return new ShardPosition(
                "freshet-prod-events/shardId-000000000123",
                new BigInteger("49590338271490256608559692538361571095921575989136588898"));
    }

    /** Returns a client that notes its calls, and the units of its updates. */
    private DynamoDbClient counted(DynamoDbClient client) {
        return (DynamoDbClient)
                Proxy.newProxyInstance(
                        DynamoDbClient.class.getClassLoader(),
                        new Class<?>[] {DynamoDbClient.class},
                        (proxy, method, arguments) -> {
                            calls.add(method.getName());
                            if (arguments[0] instanceof UpdateItemRequest update) {
                                UpdateItemRequest.Builder counted = update.toBuilder();
                                counted.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
                                UpdateItemResponse answer = client.updateItem(counted.build());
                                units += answer.consumedCapacity().capacityUnits();
                                return answer;
                            }
                            try {
                                return method.invoke(client, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getTargetException();
                            }
                        });
    }
}
