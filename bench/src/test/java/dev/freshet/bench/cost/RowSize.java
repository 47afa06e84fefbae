package dev.freshet.bench.cost;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The size of a row in bytes. */
final class RowSize {
    private RowSize() {}

    /** Returns the size of a row as DynamoDB counts it, with a number as its digits. */
    static int of(Map<String, AttributeValue> row) {
        int size = 0;
        for (Map.Entry<String, AttributeValue> attribute : row.entrySet()) {
            size += utf8(attribute.getKey()) + value(attribute.getValue());
        }
        return size;
    }

    private static int value(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> value.n().length() / 2 + 2;
            case B -> value.b().asByteArray().length;
            case M -> 3 + of(value.m());
            case L -> 3 + value.l().stream().mapToInt(each -> 1 + value(each)).sum();
            default -> 1;
        };
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
