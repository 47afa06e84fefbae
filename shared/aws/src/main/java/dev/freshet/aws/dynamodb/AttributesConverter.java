package dev.freshet.aws.dynamodb;

import dev.freshet.attribute.AttributeValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverter;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;

/**
 * The attributes of an item or a user in a row: a map (M) whose values are texts (S), numbers (N),
 * flags (BOOL) or lists of texts (L of S). Rows in which every value is a text are read as such.
 */
final class AttributesConverter implements AttributeConverter<Map<String, AttributeValue>> {
    static final AttributesConverter INSTANCE = new AttributesConverter();

    private AttributesConverter() {}

    @Override
    public software.amazon.awssdk.services.dynamodb.model.AttributeValue transformFrom(
            Map<String, AttributeValue> attributes) {
        Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> row =
                new HashMap<>();
        attributes.forEach((name, value) -> row.put(name, cell(value)));
        return software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM(row);
    }

    private static software.amazon.awssdk.services.dynamodb.model.AttributeValue cell(
            AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text(String text) -> text(text);
            case AttributeValue.Numeric number ->
                    software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN(
                            number.text());
            case AttributeValue.Flag(boolean flag) ->
                    software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool(flag);
            case AttributeValue.Texts(List<String> texts) ->
                    software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL(
                            texts.stream().map(AttributesConverter::text).toList());
        };
    }

    private static software.amazon.awssdk.services.dynamodb.model.AttributeValue text(String text) {
        return software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(text);
    }

    @Override
    public Map<String, AttributeValue> transformTo(
            software.amazon.awssdk.services.dynamodb.model.AttributeValue row) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        row.m().forEach((name, cell) -> attributes.put(name, value(cell)));
        return attributes;
    }

    private static AttributeValue value(
            software.amazon.awssdk.services.dynamodb.model.AttributeValue cell) {
        return switch (cell.type()) {
            case N -> AttributeValue.of(Double.parseDouble(cell.n()));
            case BOOL -> AttributeValue.of(cell.bool());
            case L ->
                    AttributeValue.of(
                            cell.l().stream()
                                    .map(
                                            software.amazon.awssdk.services.dynamodb.model
                                                            .AttributeValue
                                                    ::s)
                                    .toList());
            default -> AttributeValue.of(cell.s());
        };
    }

    @Override
    public EnhancedType<Map<String, AttributeValue>> type() {
        return EnhancedType.mapOf(String.class, AttributeValue.class);
    }

    @Override
    public AttributeValueType attributeValueType() {
        return AttributeValueType.M;
    }
}
