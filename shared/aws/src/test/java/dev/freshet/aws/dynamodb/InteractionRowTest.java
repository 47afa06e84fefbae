package dev.freshet.aws.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.features.KeptProperties;
import dev.freshet.features.StoredInteraction;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The sizes of rows, by DynamoDB's rules for the size of an item. A write is billed by 1 KB. */
class InteractionRowTest {
    private static final Instant NOW = Instant.parse("2026-11-26T20:00:00Z");

    private static StoredInteraction row(Map<String, String> properties) {
        return new StoredInteraction(
                        "3f2c1a44-9d0e-4b8a-8c55-0f6a2b7c9d10",
                        "8d1f0c52-77aa-4a0e-9b1b-3c2d4e5f6a7b",
                        EventTimes.at(NOW),
                        new StoredInteraction.Act(
                                EventType.PURCHASE, Target.item("product-0123456789"), 5, 0, null),
                        "session-0123456789abcdef",
                        new Context(
                                "mobile", "iOS", "Safari", "pt-BR", "BR", "BR-SP", null, null, 9),
                        new ShardPosition(
                                "events/shardId-000000000000",
                                new BigInteger(
                                        "49657000000000000000000000000000000000000000000000000001")),
                        null,
                        Map.of())
                .withProperties(properties);
    }

    private static Map<String, String> largest() {
        Map<String, String> properties = new HashMap<>();
        for (int at = 0; at < KeptProperties.MOST; at++) {
            properties.put(at + "p".repeat(31), "v".repeat(KeptProperties.MAX_VALUE_BYTES));
        }
        return properties;
    }

    private static int bytes(StoredInteraction row) {
        return InteractionRow.SCHEMA
                .itemToMap(InteractionRow.of(row, Duration.ofDays(90)), true)
                .entrySet()
                .stream()
                .mapToInt(each -> each.getKey().getBytes(UTF_8).length + bytes(each.getValue()))
                .sum();
    }

    private static int bytes(AttributeValue value) {
        if (value.hasM()) {
            return 3
                    + value.m().entrySet().stream()
                            .mapToInt(
                                    each ->
                                            1
                                                    + each.getKey().getBytes(UTF_8).length
                                                    + bytes(each.getValue()))
                            .sum();
        }
        if (value.hasL()) {
            return 3 + value.l().stream().mapToInt(each -> 1 + bytes(each)).sum();
        }
        return value.s() != null
                ? value.s().getBytes(UTF_8).length
                : (value.n().length() + 1) / 2 + 1;
    }

    @Test
    void aRowWithoutPropertiesIsWellBelowOneUnit() {
        assertThat(bytes(row(Map.of()))).isBetween(300, 420);
    }

    @Test
    void eightPropertiesAtTheirBoundsMakeItTwoUnits() {
        assertThat(bytes(row(largest())) - bytes(row(Map.of())))
                .isEqualTo(1 + 3 + 8 * (1 + 32 + 128));
        assertThat(bytes(row(largest()))).isBetween(1_025, 2_048);
    }

    @Test
    void threeShortPropertiesStayWithinOneUnit() {
        assertThat(bytes(row(Map.of("size", "42", "colour", "red", "campaign", "spring-2026"))))
                .isLessThan(1_024);
    }

    @Test
    void aCreditComesBackAsItWentAndStaysWithinOneUnit() {
        List<String> labels = List.of("recommendation-strategy:by-profit", "second:b", ":s1");
        ListCredit.ListPlace place =
                new ListCredit.ListPlace(true, "a page, a place", labels, 495_000, 12, 7);
        for (ListCredit credit :
                List.of(
                        ListCredit.of(OutcomeKind.CONVERSION, place).worth(129_900, "EUR"),
                        ListCredit.unattributed(OutcomeKind.HIDE, 495_000))) {
            StoredInteraction row = row(Map.of()).credited(credit);
            assertThat(readAgain(row)).isEqualTo(row);
            assertThat(bytes(row)).isLessThan(600);
        }
    }

    @Test
    void aRowOfAnEarlierReleaseHasNoProperties() {
        assertThat(readAgain(row(Map.of()))).isEqualTo(row(Map.of()));
    }

    private static StoredInteraction readAgain(StoredInteraction row) {
        InteractionRow written = InteractionRow.of(row, Duration.ofDays(90));
        return InteractionRow.SCHEMA
                .mapToItem(InteractionRow.SCHEMA.itemToMap(written, true))
                .stored();
    }
}
