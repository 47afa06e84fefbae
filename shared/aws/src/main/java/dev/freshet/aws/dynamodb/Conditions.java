package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.aws.row.TableKeys;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * A condition of a write, with every name behind a placeholder, since DynamoDB reserves hundreds of
 * words. An attribute may be compared once only within a condition.
 */
record Conditions(Expression expression) {
    /** There is no row: its key attribute is missing. */
    static Conditions absent(String attribute) {
        return named("attribute_not_exists(#" + attribute + ")", attribute);
    }

    static Conditions present(String attribute) {
        return named("attribute_exists(#" + attribute + ")", attribute);
    }

    static Conditions equal(String attribute, String value) {
        return compared(attribute, "=", AttributeValue.fromS(value));
    }

    static Conditions equal(String attribute, long value) {
        return compared(attribute, "=", number(value));
    }

    static Conditions below(String attribute, long value) {
        return compared(attribute, "<", number(value));
    }

    static Conditions atMost(String attribute, long value) {
        return compared(attribute, "<=", number(value));
    }

    /** The row is past its time to live, so it counts as absent. */
    static Conditions expired(Instant now) {
        return atMost(TableKeys.EXPIRES_AT, now.getEpochSecond());
    }

    Conditions or(Conditions other) {
        return new Conditions(Expression.join(expression, other.expression, " OR "));
    }

    Conditions and(Conditions other) {
        return new Conditions(Expression.join(expression, other.expression, " AND "));
    }

    /**
     * Puts a row where this holds: one write unit for each started KB, held or not.
     *
     * @param store what to call the table when it does not answer
     * @return false where the condition did not hold
     * @throws dev.freshet.store.StoreUnavailableException when nobody knows
     */
    <R> boolean put(String store, DynamoDbTable<R> table, R row) {
        return AwsCalls.call(
                store,
                () -> {
                    try {
                        table.putItem(put -> put.item(row).conditionExpression(expression));
                        return true;
                    } catch (ConditionalCheckFailedException e) {
                        return false;
                    }
                });
    }

    private static Conditions named(String text, String attribute) {
        return new Conditions(
                Expression.builder()
                        .expression(text)
                        .expressionNames(Map.of("#" + attribute, attribute))
                        .build());
    }

    private static Conditions compared(String attribute, String operator, AttributeValue value) {
        return new Conditions(
                Expression.builder()
                        .expression("#%s %s :%s".formatted(attribute, operator, attribute))
                        .expressionNames(Map.of("#" + attribute, attribute))
                        .expressionValues(Map.of(":" + attribute, value))
                        .build());
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
