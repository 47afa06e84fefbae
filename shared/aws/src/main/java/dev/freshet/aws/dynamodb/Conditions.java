package dev.freshet.aws.dynamodb;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The condition of a conditional write. Every attribute name is replaced by a placeholder, since
 * DynamoDB reserves hundreds of words. Within one condition an attribute may be compared only once.
 */
record Conditions(Expression expression) {
    /** Attribute of rows that a version of the model wrote: the version. */
    static final String MODEL_VERSION = "modelVersion";

    /** Holds if there is no row, that is, if the key attribute does not exist. */
    static Conditions absent(String attribute) {
        return named("attribute_not_exists(#" + attribute + ")", attribute);
    }

    /** Holds if the attribute exists. */
    static Conditions present(String attribute) {
        return named("attribute_exists(#" + attribute + ")", attribute);
    }

    /** Holds if the attribute has this text. */
    static Conditions equal(String attribute, String value) {
        return compared(attribute, "=", AttributeValue.fromS(value));
    }

    /** Holds if the attribute has this number. */
    static Conditions equal(String attribute, long value) {
        return compared(attribute, "=", number(value));
    }

    /** Holds if the attribute has another text. */
    static Conditions different(String attribute, String value) {
        return compared(attribute, "<>", AttributeValue.fromS(value));
    }

    /** Holds if the attribute is a number below this value. */
    static Conditions below(String attribute, long value) {
        return compared(attribute, "<", number(value));
    }

    /** Holds if the attribute is a number not above this value. */
    static Conditions atMost(String attribute, long value) {
        return compared(attribute, "<=", number(value));
    }

    /** Holds if the time to live of the row has passed, so that the row counts as absent. */
    static Conditions expired(Instant now) {
        return atMost(TableKeys.EXPIRES_AT, now.getEpochSecond());
    }

    /**
     * Holds unless a later version of the model wrote the row: there is none, it has expired, or it
     * is of this version or an earlier one.
     */
    static Conditions ofNoLaterModel(long version, Instant now) {
        return absent(TableKeys.SCOPE).or(atMost(MODEL_VERSION, version)).or(expired(now));
    }

    Conditions or(Conditions other) {
        return new Conditions(Expression.join(expression, other.expression, " OR "));
    }

    Conditions and(Conditions other) {
        return new Conditions(Expression.join(expression, other.expression, " AND "));
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
